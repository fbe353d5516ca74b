using System.Diagnostics;
using System.Security.Cryptography;
using Experiments.Mlflow;

namespace Experiments.Bench.Mlflow;

/// <summary>A file of 200 MB uploaded, streamed.</summary>
internal static class ArtifactBench
{
    private const int Megabytes = 200;

    public static async Task RunAsync(BenchReport report, string folder, int rounds)
    {
        var file = Path.Combine(folder, "large.bin");
        await using (var content = File.Create(file))
        {
            var block = new byte[1_000_000];
            for (var i = 0; i < Megabytes; i++)
            {
                RandomNumberGenerator.Fill(block);
                await content.WriteAsync(block);
            }
        }

        string expected;
        await using (var content = File.OpenRead(file))
        {
            expected = Convert.ToHexString(await SHA256.HashDataAsync(content));
        }

        await using var server = await SinkServer.StartAsync();
        await using var store = MlflowStore.Open(server.Address);
        await store.GetRunAsync("r1");
        List<double> seconds = [], grown = [];
        for (var round = 0; round < rounds; round++)
        {
            using var memory = new Memory();
            var watch = Stopwatch.StartNew();
            await store.UploadFileAsync("r1", file);
            seconds.Add(watch.Elapsed.TotalSeconds);
            grown.Add(memory.GrownMegabytes);
            if (server.LastHash != expected)
            {
                throw new InvalidOperationException("the file did not arrive as it is");
            }
        }

        report.Add(BenchRow.Of($"upload of {Megabytes} MB", "s", seconds));
        report.Add(BenchRow.Of($"upload of {Megabytes} MB, memory grown at most (with the server in it)", "MB", grown));
        report.AtMost("memory that a 200 MB upload takes (MB)", 50, grown.Max());
    }
}
