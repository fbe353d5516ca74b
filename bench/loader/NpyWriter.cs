using System.Runtime.InteropServices;
using System.Text;

namespace Experiments.Bench.Loader;

/// <summary>Writes a numpy file piece by piece.</summary>
internal sealed class NpyWriter : IDisposable
{
    private readonly FileStream _file;

    public NpyWriter(string path, string descr, params long[] shape)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        var tuple = string.Join(", ", shape) + (shape.Length == 1 ? "," : string.Empty);
        var header = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({tuple}), }}";
        header = header.PadRight(128 - 11) + "\n";
        _file.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0]);
        _file.Write(Encoding.ASCII.GetBytes(header));
    }

    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged => _file.Write(MemoryMarshal.AsBytes(values));

    public void Dispose() => _file.Dispose();
}
