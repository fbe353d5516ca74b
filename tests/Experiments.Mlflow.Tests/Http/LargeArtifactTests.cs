using Experiments.Mlflow.Tests.Stores;

namespace Experiments.Mlflow.Tests.Http;

/// <summary>Alone, because it counts what the process allocates.</summary>
[Collection(nameof(Alone))]
public sealed class LargeArtifactTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_megabytes_go_up_and_come_down_as_they_are()
    {
        await using var world = await StoreFixture.CreateAsync("3.11");
        using var folder = new TemporaryFolder();
        var run = await world.NewRunAsync();
        await using (var file = File.Create(folder.File("large.bin")))
        {
            file.SetLength(200_000_000);
            file.Position = 123_456_789;
            await file.WriteAsync("needle"u8.ToArray(), Cancellation);
        }

        var before = GC.GetTotalAllocatedBytes();
        await world.Store.UploadFileAsync(run.Id, folder.File("large.bin"), cancellationToken: Cancellation);
        await world.Store.DownloadFileAsync(run.Id, "large.bin", folder.File("copy.bin"), Cancellation);

        // Streamed on both sides, server included: all that was allocated, let alone held, is a fraction of the file.
        var allocated = GC.GetTotalAllocatedBytes() - before;
        Console.WriteLine($"200 MB up and down: {allocated / 1_000_000} MB allocated in all, by client and server");
        Assert.InRange(allocated, 0, 50_000_000);
        await using var copy = File.OpenRead(folder.File("copy.bin"));
        Assert.Equal(200_000_000, copy.Length);
        copy.Position = 123_456_789;
        var needle = new byte[6];
        await copy.ReadExactlyAsync(needle, Cancellation);
        Assert.Equal("needle"u8.ToArray(), needle);
    }
}
