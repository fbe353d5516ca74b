using static TorchSharp.torch;

namespace Experiments.Data.Adapters;

/// <summary>
/// A TorchSharp <c>Dataset</c>, unchanged, as a source. Its tensors are copied into the batch; those that it makes for a sample are
/// disposed then, those that it keeps are not. Its <c>GetTensor</c> is called by several threads at once, as TorchSharp's own loader does.
/// </summary>
public sealed class TorchDatasetSource : ISampleSource
{
    private readonly utils.data.Dataset _dataset;

    /// <summary>Makes a source; the fields are those of the first sample.</summary>
    /// <exception cref="ArgumentException">The dataset is empty, or has more samples than an int counts.</exception>
    public TorchDatasetSource(utils.data.Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Count is < 1 or > int.MaxValue)
        {
            throw new ArgumentException($"The dataset has {dataset.Count} samples; 1 to {int.MaxValue} are possible.", nameof(dataset));
        }

        _dataset = dataset;
        using var scope = NewDisposeScope();
        Fields = [.. dataset.GetTensor(0).Select(each => new FieldSpec { Name = each.Key, Type = each.Value.dtype, Shape = each.Value.shape })];
    }

    /// <inheritdoc/>
    public int Count => (int)_dataset.Count;

    /// <inheritdoc/>
    public IReadOnlyList<FieldSpec> Fields { get; }

    /// <inheritdoc/>
    public int Length(int sample, int field) => 1;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A sample lacks a tensor of the first, or has another shape or type.</exception>
    public void Write(int sample, SampleWriter writer)
    {
        using var scope = NewDisposeScope();
        var tensors = _dataset.GetTensor(sample);
        for (var field = 0; field < Fields.Count; field++)
        {
            var spec = Fields[field];
            if (!tensors.TryGetValue(spec.Name, out var tensor) || tensor.dtype != spec.Type || !tensor.shape.AsSpan().SequenceEqual([.. spec.Shape]))
            {
                throw new InvalidOperationException($"Tensor '{spec.Name}' must be {spec.Type} ({string.Join(", ", spec.Shape)}) as in the first sample; it is {Describe(tensor)}.");
            }

            writer.WriteBytes(field, tensor.cpu().contiguous().bytes);
        }
    }

    private static string Describe(Tensor? tensor) => tensor is null ? "missing" : $"{tensor.dtype} ({string.Join(", ", tensor.shape)})";
}
