using System.Runtime.InteropServices;

namespace Experiments.Data.Images;

/// <summary>One thread's memory for a file, its pixels and the rows between; it grows to the largest picture and is used again.</summary>
internal sealed unsafe class ImageScratch
{
    private byte* _file;
    private byte* _pixels;
    private float* _row;
    private long _fileBytes;
    private long _pixelBytes;
    private long _rowFloats;

    ~ImageScratch()
    {
        NativeMemory.AlignedFree(_file);
        NativeMemory.AlignedFree(_pixels);
        NativeMemory.AlignedFree(_row);
    }

    public ResampleWeights Across { get; } = new();

    public ResampleWeights Down { get; } = new();

    public byte* File(long bytes) => _file = (byte*)Grow(_file, ref _fileBytes, bytes, 1);

    public byte* Pixels(long bytes) => _pixels = (byte*)Grow(_pixels, ref _pixelBytes, bytes, 1);

    public float* Row(long floats) => _row = (float*)Grow(_row, ref _rowFloats, floats, sizeof(float));

    private static void* Grow(void* memory, ref long capacity, long needed, int size)
    {
        if (needed <= capacity)
        {
            return memory;
        }

        NativeMemory.AlignedFree(memory);
        capacity = 0;
        memory = NativeMemory.AlignedAlloc((nuint)(needed * size * 5 / 4), 64);
        capacity = needed * 5 / 4;
        return memory;
    }
}
