using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Tests.Double;

namespace Experiments.Mlflow.Tests.Stores;

/// <summary>A store of any kind, empty.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private MlflowDouble? _server;

    public required IMlflowStore Store { get; init; }

    public List<MlflowWarning> Warnings { get; } = [];

    public MlflowDouble Server => _server!;

    public static TheoryData<string> Kinds => new("sqlite", "2.17", "3.11");

    public static async Task<StoreFixture> CreateAsync(string kind, MlflowRetryOptions? retry = null)
    {
        var server = kind == "sqlite" ? null : await MlflowDouble.StartAsync(kind == "2.17" ? MlflowVersion.V217 : MlflowVersion.V311);
        var warnings = new List<MlflowWarning>();
        var folder = new TemporaryFolder();
        var store = MlflowStore.Open(new MlflowOptions
        {
            TrackingUri = server?.Address ?? $"sqlite:///{folder.File("mlflow.db")}",
            OnWarning = warnings.Add,
            Retry = retry ?? Quick,
        });
        return new StoreFixture(folder, warnings) { Store = store, _server = server };
    }

    public static MlflowRetryOptions Quick => new()
    {
        MaxRetries = 7,
        BaseDelay = TimeSpan.FromMilliseconds(1),
        MaxDelay = TimeSpan.FromMilliseconds(5),
        AttemptTimeout = TimeSpan.FromSeconds(30),
    };

    private StoreFixture(TemporaryFolder folder, List<MlflowWarning> warnings) => (_folder, Warnings) = (folder, warnings);

    public async Task<MlflowRun> NewRunAsync(params Tag[] tags) => await Store.CreateRunAsync(
        new NewRun { ExperimentId = (await Store.GetOrCreateExperimentAsync("sweeps")).Id, Name = "first", Tags = tags });

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }
}
