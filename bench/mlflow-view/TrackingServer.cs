using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Experiments.Bench.MlflowView;

/// <summary>An MLflow server with its pages, on a free port of this machine; ended with all its workers.</summary>
internal sealed class TrackingServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private TrackingServer(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    public static async Task<TrackingServer> StartAsync(string mlflow, string folder)
    {
        var port = FreePort();
        string[] arguments = ["server", "--host", "127.0.0.1", "--port", $"{port}", "--backend-store-uri", $"sqlite:///{folder}/server.db", "--artifacts-destination", Path.Combine(folder, "artifacts")];
        var process = Process.Start(new ProcessStartInfo(mlflow, arguments) { WorkingDirectory = folder })!;
        var server = new TrackingServer(process, $"http://127.0.0.1:{port}");
        using var client = new HttpClient();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && !process.HasExited; await Task.Delay(500))
        {
            try
            {
                if ((await client.GetAsync(new Uri($"{server.Address}/health"))).IsSuccessStatusCode)
                {
                    return server;
                }
            }
            catch (HttpRequestException)
            {
                // it is starting
            }
        }

        await server.DisposeAsync();
        throw new InvalidOperationException("mlflow server did not start");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
