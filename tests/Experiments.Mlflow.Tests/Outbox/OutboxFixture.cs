using Experiments.Mlflow.Outbox;
using Experiments.Mlflow.Tests.Double;
using Experiments.Mlflow.Tests.Stores;

namespace Experiments.Mlflow.Tests.Outbox;

/// <summary>A double, a store on it, and outboxes that try again quickly.</summary>
internal sealed class OutboxFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private OutboxFixture(MlflowDouble server, int retries)
    {
        Server = server;
        Store = MlflowStore.Open(new MlflowOptions { TrackingUri = server.Address, Retry = StoreFixture.Quick with { MaxRetries = retries } });
    }

    public MlflowDouble Server { get; }

    public IMlflowStore Store { get; }

    public List<MlflowWarning> Warnings { get; } = [];

    public string Folder => _folder.File("outbox");

    public string File(string name) => _folder.File(name);

    /// <summary>A healthy double.</summary>
    /// <param name="retries">How often the store repeats a request by itself, before the outbox hears of a failure.</param>
    public static async Task<OutboxFixture> CreateAsync(int retries = 2) => new(await MlflowDouble.StartAsync(), retries);

    public MlflowOutbox Open(TimeSpan? closeTimeout = null) => new(Store, new MlflowOutboxOptions
    {
        Experiment = "sweeps",
        Folder = Folder,
        BatchAge = TimeSpan.FromMilliseconds(20),
        FirstPause = TimeSpan.FromMilliseconds(5),
        LongestPause = TimeSpan.FromMilliseconds(50),
        CloseTimeout = closeTimeout ?? TimeSpan.FromSeconds(30),
        OnWarning = warning =>
        {
            lock (Warnings)
            {
                Warnings.Add(warning);
            }
        },
    });

    public IReadOnlyList<ServerRun> Runs => [.. Server.State.Runs.Values];

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
