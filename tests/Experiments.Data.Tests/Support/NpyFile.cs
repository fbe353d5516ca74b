using System.Runtime.InteropServices;
using System.Text;

namespace Experiments.Data.Tests.Support;

/// <summary>Writes numpy files, right ones and wrong ones.</summary>
internal static class NpyFile
{
    public static byte[] Bytes<T>(string descr, string shape, ReadOnlySpan<T> values, string order = "False")
        where T : unmanaged
    {
        var header = $"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}";
        header = header.PadRight((((header.Length + 11) + 63) / 64 * 64) - 11) + "\n";
        return [0x93, .. Encoding.ASCII.GetBytes("NUMPY"), 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. MemoryMarshal.AsBytes(values)];
    }

    public static void Write<T>(string path, string descr, string shape, ReadOnlySpan<T> values, string order = "False")
        where T : unmanaged => File.WriteAllBytes(path, Bytes(descr, shape, values, order));
}
