using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.Bench.Mlflow;

/// <summary>A server that takes everything and answers at once, so that the client alone is measured. It counts and hashes what comes.</summary>
internal sealed class SinkServer : IAsyncDisposable
{
    private const string Experiment = """{"experiment":{"experiment_id":"1","name":"bench","artifact_location":"mlflow-artifacts:/1","lifecycle_stage":"active"}}""";

    private const string Run =
        """
        {"run":{"info":{"run_id":"r1","experiment_id":"1","run_name":"r","status":"RUNNING","start_time":1,
        "artifact_uri":"mlflow-artifacts:/1/r1/artifacts","lifecycle_stage":"active"},"data":{}}}
        """;

    private readonly WebApplication _application;

    private SinkServer(WebApplication application) => _application = application;

    public string Address => _application.Urls.First();

    public long BodyBytes { get; private set; }

    public long Requests { get; private set; }

    public string? LastHash { get; private set; }

    public static async Task<SinkServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(System.Net.IPAddress.Loopback, 0);
            options.Limits.MaxRequestBodySize = null;
        });
        var server = new SinkServer(builder.Build());
        server._application.Run(server.HandleAsync);
        await server._application.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer)) > 0)
        {
            BodyBytes += read;
            if (context.Request.Method == "PUT")
            {
                hash.AppendData(buffer, 0, read);
            }
        }

        Requests++;
        LastHash = Convert.ToHexString(hash.GetHashAndReset());
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(context.Request.Path.Value![(context.Request.Path.Value!.LastIndexOf("mlflow/", StringComparison.Ordinal) + 7)..] switch
        {
            "runs/get" or "runs/create" => Run,
            "experiments/get-by-name" => Experiment,
            _ => "{}",
        });
    }
}
