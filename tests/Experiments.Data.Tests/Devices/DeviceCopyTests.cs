using System.Runtime.InteropServices;
using Experiments.Data.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Data.Tests.Devices;

public sealed class DeviceCopyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Buffers_are_not_written_before_they_are_copied(int workers)
    {
        var device = new LazyDevice();
        var source = new RandomSource(200, 1, PaddingMode.Maximum);
        var computed = 0;
        using (var loader = Loader(source, new LoaderOptions { BatchSize = 8, NumWorkers = workers, Shuffle = true }, device))
        {
            for (var epoch = 0; epoch < 5; epoch++)
            {
                foreach (var batch in loader)
                {
                    using (batch)
                    {
                        // What the device computes happens after the batch was disposed, and must still find its values.
                        var expected = source.Expected(batch.Indices).Frames;
                        var frames = batch["frames"].alias();
                        device.Compute(() =>
                        {
                            using (frames)
                            {
                                Assert.Equal(expected, frames.data<float>().ToArray());
                                computed++;
                            }
                        });
                    }
                }
            }

            device.Drain();
            Assert.False(loader.Statistics.PinMemoryEffective);
        }

        Assert.Equal(125, computed);
        Assert.Equal(0, device.LiveEvents);
    }

    [Fact]
    public void The_consumer_is_given_the_device_s_memory()
    {
        var device = new LazyDevice();
        using var loader = Loader(new RandomSource(8, 1, PaddingMode.Maximum), new LoaderOptions { BatchSize = 8, PinMemory = true }, device);
        using var batch = loader.Single();
        Assert.True(loader.Statistics.PinMemoryEffective);
        device.Drain();
        Assert.Equal(new RandomSource(8, 1, PaddingMode.Maximum).Expected(batch.Indices), BatchContent.Of(batch));
    }

    [Fact]
    public void A_device_that_is_not_there_is_refused()
    {
        Assert.SkipWhen(cuda.is_available(), "there is CUDA here");
        Assert.Throws<NotSupportedException>(() => BatchLoader.Create(new RandomSource(8, 1, PaddingMode.Maximum), new LoaderOptions { Device = new Device(DeviceType.CUDA) }));
        Assert.Throws<NotSupportedException>(() => BatchLoader.Create(new RandomSource(8, 1, PaddingMode.Maximum), new LoaderOptions { Device = new Device(DeviceType.MPS) }));
    }

    [Fact]
    [Trait("Needs", "cuda")]
    public void Batches_arrive_on_CUDA_page_locked_and_unharmed()
    {
        var required = (Environment.GetEnvironmentVariable("EXPERIMENTS_TESTS_REQUIRE") ?? string.Empty).Split(',').Contains("cuda");
        Assert.SkipUnless(cuda.is_available() || required, "no CUDA device, or TorchSharp's CPU packages (-p:TorchBackend=cuda)");
        var source = new RandomSource(200, 1, PaddingMode.Maximum);
        using var loader = BatchLoader.Create(source, new LoaderOptions { BatchSize = 8, NumWorkers = 2, Device = CUDA, PinMemory = true });
        for (var epoch = 0; epoch < 5; epoch++)
        {
            foreach (var batch in loader)
            {
                using (batch)
                {
                    Assert.Equal(DeviceType.CUDA, batch["frames"].device_type);
                    Assert.Equal(source.Expected(batch.Indices).Frames, batch["frames"].cpu().data<float>().ToArray());
                }
            }
        }

        Assert.True(loader.Statistics.PinMemoryEffective);
    }

    [Fact]
    public void The_native_address_of_a_tensor_is_that_of_its_memory()
    {
        using var values = tensor([1.5f, 2.5f]);
        Assert.Equal(1.5f, Marshal.PtrToStructure<float>(Experiments.Data.Devices.CudaDevice.Address(values)));
    }

    private static BatchLoader<Batch> Loader(ISampleSource source, LoaderOptions options, LazyDevice device) => new(source, options, batch => batch, device);
}
