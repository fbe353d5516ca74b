using static TorchSharp.torch;

namespace Experiments.Data.Collation;

/// <summary>Every tensor of a batch: first the source's fields in their order, then lengths and masks.</summary>
internal sealed class BatchLayout
{
    public BatchLayout(IReadOnlyList<FieldSpec> fields)
    {
        if (fields.Count is 0 or > 64)
        {
            throw new ArgumentException($"A source has 1 to 64 fields; this one has {fields.Count}.", nameof(fields));
        }

        var all = fields.Select(Data).ToList();
        DataFields = all.Count;
        for (var i = 0; i < DataFields; i++)
        {
            if (all[i].Ragged)
            {
                all[i].LengthsIndex = all.Count;
                all.Add(Companion(all[i], i, FieldRole.Lengths, "_lengths", ScalarType.Int64));
            }

            if (fields[i].Mask)
            {
                all[i].MaskIndex = all.Count;
                all.Add(Companion(all[i], i, FieldRole.Mask, "_mask", ScalarType.Bool));
            }
        }

        Fields = [.. all];
        Index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Fields.Length; i++)
        {
            if (!Index.TryAdd(Fields[i].Name, i))
            {
                throw new ArgumentException($"Two fields of the batch are named '{Fields[i].Name}'.", nameof(fields));
            }
        }
    }

    public LayoutField[] Fields { get; }

    public int DataFields { get; }

    public Dictionary<string, int> Index { get; }

    /// <summary>Bytes of a batch whose ragged fields are as long as they can be.</summary>
    public long MaxBatchBytes(int batchSize) => Fields.Sum(field => checked(field.MaxRowBytes * batchSize));

    private static LayoutField Data(FieldSpec spec, int index)
    {
        var shape = spec.Shape.ToArray();
        if (string.IsNullOrEmpty(spec.Name) || Array.Exists(shape, length => length < 1))
        {
            throw new ArgumentException($"Field {index} ('{spec.Name}') needs a name and a shape of positive lengths; its shape is [{string.Join(", ", shape)}].");
        }

        if (spec.Ragged && shape.Length == 0 || spec.Mask && !spec.Ragged)
        {
            throw new ArgumentException($"Field '{spec.Name}': a ragged field needs a first dimension, and only a ragged field has a mask.");
        }

        return new LayoutField
        {
            Name = spec.Name,
            Role = FieldRole.Data,
            Type = spec.Type,
            Owner = index,
            Shape = shape,
            Ragged = spec.Ragged,
            Padding = spec.Padding,
            PaddingBits = Elements.Bits(spec.Type, spec.PaddingValue),
        };
    }

    private static LayoutField Companion(LayoutField owner, int index, FieldRole role, string suffix, ScalarType type) => new()
    {
        Name = owner.Name + suffix,
        Role = role,
        Type = type,
        Owner = index,
        Shape = role == FieldRole.Mask ? [owner.Shape[0]] : [],
        Ragged = role == FieldRole.Mask,
        Padding = owner.Padding,
        PaddingBits = 0,
    };
}
