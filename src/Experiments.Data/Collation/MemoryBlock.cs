using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Experiments.Data.Collation;

/// <summary>
/// Copies and fills that go past the caches: a batch larger than the cache is not read again before it has left it,
/// and a normal store first reads each line that it overwrites.
/// </summary>
internal static unsafe class MemoryBlock
{
    private const int Line = 64;

    /// <summary>
    /// How far ahead a streamed copy asks for its source. A core can wait for few lines in its first cache and for more in its second, and the processor's own look ahead ends with each
    /// page. Copies between memory of small pages were 15 % faster with 2 to 8 KiB, 10 % with 1 KiB; with the non-temporal hint, which leaves the second cache out, 35 % slower.
    /// </summary>
    private const int Ahead = 2 << 10;

    /// <summary>Above this the C library's copy is as fast as any; below, its start (rep movsb on many processors) costs more than the row.</summary>
    private const int LongRow = 32 << 10;

    /// <summary>Whether this processor has such stores.</summary>
    public static bool CanStream => Avx.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(byte* source, byte* destination, long bytes, bool streaming)
    {
        if (!CanStream || bytes < 4 * Line || (bytes > LongRow && !streaming))
        {
            Buffer.MemoryCopy(source, destination, bytes, bytes);
            return;
        }

        if (!streaming)
        {
            Short(source, destination, bytes);
            return;
        }

        var head = (Line - ((long)destination & (Line - 1))) & (Line - 1);
        Buffer.MemoryCopy(source, destination, head, head);
        var lines = (bytes - head) / Line * Line;
        Stream(source + head, destination + head, lines);
        var tail = bytes - head - lines;
        Buffer.MemoryCopy(source + head + lines, destination + head + lines, tail, tail);
    }

    /// <summary>Sets elements of a given size to a value.</summary>
    public static void Fill(byte* destination, long elements, int elementBytes, ulong bits, bool streaming)
    {
        if (bits != 0)
        {
            Repeat(destination, elements, elementBytes, bits);
            return;
        }

        var bytes = elements * elementBytes;
        if (!streaming || !CanStream || bytes < 4 * Line)
        {
            Clear(destination, bytes);
            return;
        }

        var head = (Line - ((long)destination & (Line - 1))) & (Line - 1);
        Clear(destination, head);
        var lines = (bytes - head) / Line * Line;
        for (var at = destination + head; at < destination + head + lines; at += Line)
        {
            Vector256<byte>.Zero.StoreAlignedNonTemporal(at);
            Vector256<byte>.Zero.StoreAlignedNonTemporal(at + 32);
        }

        Clear(destination + head + lines, bytes - head - lines);
    }

    /// <summary>How many bytes are left when the zeros at the end are taken off, in steps of 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long WithoutZeros(byte* memory, long bytes)
    {
        while (bytes >= 4 * Line)
        {
            var at = memory + bytes - (4 * Line);
            if ((Vector512.Load(at) | Vector512.Load(at + Line) | Vector512.Load(at + (2 * Line)) | Vector512.Load(at + (3 * Line))) != Vector512<byte>.Zero)
            {
                break;
            }

            bytes -= 4 * Line;
        }

        return bytes;
    }

    /// <summary>Makes streamed stores visible to other threads; needed before a batch is passed on.</summary>
    public static void Fence()
    {
        if (Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stream(byte* source, byte* destination, long bytes)
    {
        var end = source + bytes;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; source + Ahead + (4 * Line) <= end; source += 4 * Line, destination += 4 * Line)
            {
                Sse.Prefetch1(source + Ahead);
                Sse.Prefetch1(source + Ahead + Line);
                Sse.Prefetch1(source + Ahead + (2 * Line));
                Sse.Prefetch1(source + Ahead + (3 * Line));
                Block(source, destination, streaming: true);
            }

            for (; source + (4 * Line) <= end; source += 4 * Line, destination += 4 * Line)
            {
                Block(source, destination, streaming: true);
            }
        }

        for (; source < end; source += Line, destination += Line)
        {
            var a = Vector256.Load(source);
            var b = Vector256.Load(source + 32);
            a.StoreAlignedNonTemporal(destination);
            b.StoreAlignedNonTemporal(destination + 32);
        }
    }

    // The last block may overlap the one before: rows need not be a whole number of blocks.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Short(byte* source, byte* destination, long bytes)
    {
        var last = bytes - (4 * Line);
        for (var at = 0L; at < last; at += 4 * Line)
        {
            Block(source + at, destination + at, streaming: false);
        }

        Block(source + last, destination + last, streaming: false);
    }

    // Streamed lines must be whole. The callers' constant decides when they are compiled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(byte* source, byte* destination, bool streaming)
    {
        var a = Vector512.Load(source);
        var b = Vector512.Load(source + Line);
        var c = Vector512.Load(source + (2 * Line));
        var d = Vector512.Load(source + (3 * Line));
        if (streaming)
        {
            a.StoreAlignedNonTemporal(destination);
            b.StoreAlignedNonTemporal(destination + Line);
            c.StoreAlignedNonTemporal(destination + (2 * Line));
            d.StoreAlignedNonTemporal(destination + (3 * Line));
            return;
        }

        a.Store(destination);
        b.Store(destination + Line);
        c.Store(destination + (2 * Line));
        d.Store(destination + (3 * Line));
    }

    private static void Repeat(byte* destination, long elements, int elementBytes, ulong bits)
    {
        switch (elementBytes)
        {
            case 1: Spread(destination, elements, (byte)bits); break;
            case 2: Spread(destination, elements, (ushort)bits); break;
            case 4: Spread(destination, elements, (uint)bits); break;
            default: Spread(destination, elements, bits); break;
        }
    }

    private static void Spread<T>(byte* destination, long elements, T value)
        where T : unmanaged
    {
        for (var left = elements; left > 0;)
        {
            var part = (int)Math.Min(left, 1 << 20);
            new Span<T>(destination, part).Fill(value);
            destination += part * sizeof(T);
            left -= part;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(byte* destination, long bytes) =>
        System.Runtime.InteropServices.NativeMemory.Clear(destination, (nuint)bytes);
}
