using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>A tracking server that behaves as the recorded ones, over real HTTP, and misbehaves when told to.</summary>
internal sealed class MlflowDouble : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication? _application;

    private MlflowDouble(MlflowVersion version)
    {
        Version = version;
        State = new ServerState { ListArtifacts = (path, prefix) => Artifacts.List(path, prefix) };
    }

    public MlflowVersion Version { get; }

    public ServerState State { get; }

    public ArtifactFiles Artifacts => new(_folder.FullName);

    /// <summary>User and password as <c>user:password</c>; null lets everyone in.</summary>
    public string? Credentials { get; set; }

    /// <summary>Chooses what is done to a request; it may wait, too. Null: nothing.</summary>
    public Func<HttpContext, Task<Mischief>>? OnRequest { get; set; }

    /// <summary>Answers in the double's stead. Null: it answers itself.</summary>
    public Func<HttpContext, Task>? OnAnswer { get; set; }

    public int Port { get; private set; }

    public string Address => $"http://127.0.0.1:{Port}";

    public int RequestCount => _requestCount;

    private int _requestCount;

    public static async Task<MlflowDouble> StartAsync(MlflowVersion version = MlflowVersion.V311)
    {
        var server = new MlflowDouble(version);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it, again on the same port after a stop.</summary>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(System.Net.IPAddress.Loopback, Port);
            options.Limits.MaxRequestBodySize = null;
            options.AllowSynchronousIO = true;
        });
        var application = builder.Build();
        application.Run(HandleAsync);
        await application.StartAsync();
        _application = application;
        Port = new Uri(application.Urls.First()).Port;
    }

    public async Task StopAsync()
    {
        if (_application is { } application)
        {
            _application = null;
            using var now = new CancellationTokenSource(TimeSpan.Zero);
            await application.StopAsync(now.Token);
            await application.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requestCount);
        if (OnAnswer is { } answer)
        {
            await answer(context);
            return;
        }

        var mischief = OnRequest is { } choose ? await choose(context) : Mischief.None;
        switch (mischief)
        {
            case Mischief.CutBefore:
                context.Abort();
                return;
            case Mischief.TooManyRequests:
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "0";
                return;
            case Mischief.InternalError:
                await Pages.WriteAsync(context, 500);
                return;
        }

        var handler = new RequestHandler(this, context);
        if (mischief is Mischief.CutAfter or Mischief.UnavailableAfter)
        {
            context.Response.Body = Stream.Null;
            await handler.HandleAsync();
            context.Abort();
            return;
        }

        await handler.HandleAsync();
    }
}
