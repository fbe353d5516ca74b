using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Experiments.Processes.Tests.Freezing;

/// <summary>Real trees that are stopped and continued.</summary>
[Collection(nameof(Alone))]
public class TreeFreezerTests
{
    private const string Python = "/usr/bin/python3";

    /// <summary>A loop of its own session, a loop whose parent has ended, and one that forks all the time.</summary>
    private const string Busy = "setsid sh -c 'while :; do :; done' & (sh -c 'while :; do :; done' &) ; while :; do /bin/true; echo x; done";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [LinuxTheory]
    [InlineData("best")]
    [InlineData("freezer")]
    [InlineData("signals")]
    public async Task A_frozen_tree_takes_no_cpu_and_gains_no_process_until_it_is_thawed(string method)
    {
        await using var run = new FrozenRun(method, "/bin/sh", "-c", Busy);
        await ProcessRun.UntilAsync(() => run.Look() is { Processes: >= 3, Ticks: > 20 });
        for (var round = 0; round < 10; round++)
        {
            var stopped = run.Freezer.Freeze();
            var (processes, ticks) = run.Look();
            var written = run.Output.Length;
            await Task.Delay(200, Cancellation);

            Assert.Equal((processes, ticks), run.Look());
            Assert.Equal(written, run.Output.Length);
            Assert.InRange(stopped.Confirmed, stopped.Asked + 1, Stopwatch.GetTimestamp());
            run.Freezer.Thaw();
            await ProcessRun.UntilAsync(() => run.Look().Ticks > ticks && run.Output.Length > written);
        }

        Assert.InRange(run.Freezer.FrozenTime, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));
    }

    [LinuxTheory]
    [InlineData("best")]
    [InlineData("freezer")]
    [InlineData("signals")]
    public async Task A_frozen_tree_is_ended_with_all_that_is_in_it(string method)
    {
        var mark = $"4{Random.Shared.Next(100_000, 999_999)}";
        var run = new FrozenRun(method, "/bin/sh", "-c", $"trap '' TERM; setsid sleep {mark} & sleep {mark}; sleep {mark}");
        await ProcessRun.UntilAsync(() => ProcessRun.Alive(mark).Count > 2);
        run.Freezer.Freeze();

        await run.DisposeAsync(); // forced: at once

        Assert.Equal(EndCause.Cancelled, (await run.Ended).Cause);
        Assert.Empty(ProcessRun.Alive(mark));
    }

    [LinuxTheory]
    [InlineData("best")]
    [InlineData("freezer")]
    [InlineData("signals")]
    public async Task A_frozen_tree_goes_or_goes_on_within_a_second_after_its_owner_was_killed(string method)
    {
        Assert.SkipWhen(method == "freezer" && !Directory.Exists("/sys/fs/cgroup/freezer"), "the freezer controller of version 1 is not mounted");
        using var folder = new TestFolder();
        var mark = $"3{Random.Shared.Next(100_000, 999_999)}";
        var program = Path.Combine(AppContext.BaseDirectory, "Experiments.TestTree.dll");
        using var owner = Process.Start(new ProcessStartInfo("dotnet", [program, folder.File("up"), method, $"setsid sleep {mark} & touch {folder.File("up")}; sleep {mark}"])
        {
            RedirectStandardOutput = true,
        })!;
        Assert.StartsWith("frozen by", await owner.StandardOutput.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(2, ProcessRun.Alive($"sleep\0{mark}").Count);

        owner.Kill(); // this process alone, by SIGKILL
        var watch = Stopwatch.StartNew();
        await ProcessRun.UntilAsync(() => ProcessRun.Alive($"sleep\0{mark}").Count == 0);

        TestContext.Current.TestOutputHelper!.WriteLine($"{method}: {watch.Elapsed.TotalSeconds:0.00} s");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [LinuxTheory]
    [InlineData("best")]
    [InlineData("signals")]
    public async Task A_network_connection_survives_being_frozen(string method)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var run = new FrozenRun(method, Python, "-c", $"""
            import socket
            connection = socket.create_connection(("127.0.0.1", {port}))
            while True:
                text = connection.recv(100)
                if not text:
                    break
                connection.sendall(text)
            """);
        using var client = await listener.AcceptTcpClientAsync(Cancellation);
        var (stream, answer) = (client.GetStream(), new byte[5]);

        for (var round = 0; round < 4; round++)
        {
            run.Freezer.Freeze();
            await stream.WriteAsync("hello"u8.ToArray(), Cancellation);
            await Task.Delay(500, Cancellation);
            Assert.False(stream.DataAvailable);
            run.Freezer.Thaw();
            await stream.ReadExactlyAsync(answer, Cancellation);
            Assert.Equal("hello"u8.ToArray(), answer);
        }

        client.Close();
        Assert.Equal(0, (await run.Ended).ExitCode);
    }

    [LinuxTheory]
    [InlineData("best")]
    [InlineData("signals")]
    public async Task The_workers_of_a_data_loader_survive_being_frozen(string method)
    {
        Requirement.Met("torch", File.Exists(Python) && await HasTorchAsync(), "no PyTorch");
        await using var run = new FrozenRun(method, Python, "-u", "-c", """
            import time, torch

            class Samples(torch.utils.data.Dataset):
                def __len__(self):
                    return 400

                def __getitem__(self, index):
                    time.sleep(0.005)
                    return torch.full((1000,), float(index))

            loader = torch.utils.data.DataLoader(Samples(), batch_size=8, num_workers=2, persistent_workers=True)
            for epoch in range(3):
                print("epoch", epoch, int(sum(batch[:, 0].sum() for batch in loader)))
            """);
        await ProcessRun.UntilAsync(() => run.Output.Contains("epoch 0", StringComparison.Ordinal) || run.Ended.IsCompleted);
        for (var round = 0; round < 8 && !run.Ended.IsCompleted; round++)
        {
            run.Freezer.Freeze();
            await Task.Delay(700, Cancellation);
            run.Freezer.Thaw();
            await Task.Delay(100, Cancellation);
        }

        Assert.True((await run.Ended).ExitCode == 0, run.Error);
        Assert.Equal("epoch 0 79800\nepoch 1 79800\nepoch 2 79800\n", run.Output);
    }

    private static async Task<bool> HasTorchAsync() => (await ProcessTree.RunAsync(new() { Command = [Python, "-c", "import torch"] }, Cancellation)).ExitCode == 0;
}
