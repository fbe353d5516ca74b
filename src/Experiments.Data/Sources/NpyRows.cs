using System.Runtime.CompilerServices;
using Experiments.Data.Numpy;
using static TorchSharp.torch;

namespace Experiments.Data.Sources;

/// <summary>Writes rows of a numpy array as they are typed.</summary>
internal static class NpyRows
{
    /// <param name="array">The array.</param>
    /// <param name="first">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="field">Index of the field.</param>
    /// <param name="writer">The sample's place.</param>
    /// <param name="end">One more than the number of values before the zeros at the end; 0: not known yet.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(NpyArray array, long first, long rows, int field, in SampleWriter writer, ref int end)
    {
        switch (array.Type)
        {
            case ScalarType.Float32: writer.Write(field, array.Read<float>(first, rows), ref end); break;
            case ScalarType.Float64: writer.Write(field, array.Read<double>(first, rows), ref end); break;
            case ScalarType.Float16: writer.Write(field, array.Read<Half>(first, rows), ref end); break;
            case ScalarType.Int64: writer.Write(field, array.Read<long>(first, rows), ref end); break;
            case ScalarType.Int32: writer.Write(field, array.Read<int>(first, rows), ref end); break;
            case ScalarType.Int16: writer.Write(field, array.Read<short>(first, rows), ref end); break;
            case ScalarType.Int8: writer.Write(field, array.Read<sbyte>(first, rows), ref end); break;
            case ScalarType.Bool: writer.Write(field, array.Read<bool>(first, rows), ref end); break;
            default: writer.Write(field, array.Read<byte>(first, rows), ref end); break;
        }
    }
}
