using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Experiments.Data.Collation;
using static TorchSharp.torch;

namespace Experiments.Data.Numpy;

/// <summary>The head of a numpy file: element type, shape, and where the data begins. Format versions 1.0 to 3.0.</summary>
internal sealed partial record NpyHeader(ScalarType Type, long[] Shape, int DataOffset)
{
    private static readonly Dictionary<string, ScalarType> Types = new(StringComparer.Ordinal)
    {
        ["<f4"] = ScalarType.Float32, ["<f8"] = ScalarType.Float64, ["<f2"] = ScalarType.Float16, ["<i8"] = ScalarType.Int64, ["<i4"] = ScalarType.Int32,
        ["<i2"] = ScalarType.Int16, ["|i1"] = ScalarType.Int8, ["|u1"] = ScalarType.Byte, ["|b1"] = ScalarType.Bool,
    };

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public long DataBytes => checked(Shape.Product() * Elements.Size(Type));

    /// <summary>Reads the head of a file's first bytes.</summary>
    /// <exception cref="DataFormatException">They are not the head of a numpy file that can be mapped.</exception>
    public static NpyHeader Parse(ReadOnlySpan<byte> start, string file)
    {
        if (start.Length < 10 || !start[..6].SequenceEqual(Magic))
        {
            throw new DataFormatException(DataFault.NotNumpy, file, "magic", "\\x93NUMPY", start.Length == 0 ? "an empty file" : $"0x{Convert.ToHexString(start[..Math.Min(6, start.Length)])}");
        }

        if (start[6] is 0 or > 3)
        {
            throw new DataFormatException(DataFault.NotNumpy, file, "version", "1.0 to 3.0", $"{start[6]}.{start[7]}");
        }

        var prefix = start[6] == 1 ? 10 : 12;
        long length = start[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : start.Length < 12 ? long.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (prefix + length > start.Length)
        {
            throw new DataFormatException(DataFault.BadHeader, file, "header", $"{length} bytes", $"{start.Length - prefix} (the file ends, or the header is absurdly long)");
        }

        return Parse(Encoding.UTF8.GetString(start.Slice(prefix, (int)length)), prefix + (int)length, file);
    }

    private static NpyHeader Parse(string text, int dataOffset, string file)
    {
        var descr = Value(Descr().Match(text), "descr", text, file);
        var order = Value(FortranOrder().Match(text), "fortran_order", text, file);
        var shapeText = Value(ShapeTuple().Match(text), "shape", text, file);
        if (!Types.TryGetValue(descr, out var type))
        {
            throw new DataFormatException(DataFault.WrongType, file, "descr", $"one of {string.Join(" ", Types.Keys)}", descr);
        }

        var shape = new List<long>();
        foreach (var part in shapeText.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            shape.Add(long.TryParse(part.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var extent)
                ? extent
                : throw new DataFormatException(DataFault.BadHeader, file, "shape", "whole numbers", $"({shapeText})"));
        }

        if (order != "False" && shape.Count > 1)
        {
            throw new DataFormatException(DataFault.WrongOrder, file, "fortran_order", "False (use numpy.ascontiguousarray before numpy.save)", order);
        }

        return new NpyHeader(type, [.. shape], dataOffset);
    }

    private static string Value(Match match, string key, string text, string file) => match.Success
        ? match.Groups[1].Value
        : throw new DataFormatException(DataFault.BadHeader, file, key, "an entry of the header", text.Length > 80 ? text[..80] : text.Trim());

    [GeneratedRegex(@"'descr'\s*:\s*'([^']*)'")]
    private static partial Regex Descr();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex FortranOrder();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)")]
    private static partial Regex ShapeTuple();
}
