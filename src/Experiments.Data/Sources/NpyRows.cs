using System.Runtime.CompilerServices;
using Experiments.Data.Numpy;
using static TorchSharp.torch;

namespace Experiments.Data.Sources;

/// <summary>Writes rows of a numpy array as they are typed.</summary>
internal static class NpyRows
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(NpyArray array, long first, long rows, int field, in SampleWriter writer)
    {
        switch (array.Type)
        {
            case ScalarType.Float32: writer.Write(field, array.Read<float>(first, rows)); break;
            case ScalarType.Float64: writer.Write(field, array.Read<double>(first, rows)); break;
            case ScalarType.Float16: writer.Write(field, array.Read<Half>(first, rows)); break;
            case ScalarType.Int64: writer.Write(field, array.Read<long>(first, rows)); break;
            case ScalarType.Int32: writer.Write(field, array.Read<int>(first, rows)); break;
            case ScalarType.Int16: writer.Write(field, array.Read<short>(first, rows)); break;
            case ScalarType.Int8: writer.Write(field, array.Read<sbyte>(first, rows)); break;
            case ScalarType.Bool: writer.Write(field, array.Read<bool>(first, rows)); break;
            default: writer.Write(field, array.Read<byte>(first, rows)); break;
        }
    }
}
