using System.Net.Http.Headers;
using System.Text;
using Experiments.Mlflow.Tests.Double;

namespace Experiments.Mlflow.Tests.Golden;

/// <summary>The double answers as real servers were recorded to answer.</summary>
public sealed class GoldenReplayTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Needs", "mlflow-golden")]
    public async Task The_double_answers_as_recorded()
    {
        var differences = await ReplayAsync(Require(), Enum.GetValues<MlflowVersion>(), atLeast: 400);

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public async Task The_double_answers_as_recorded_in_the_excerpt_that_comes_with_the_sources()
    {
        var differences = await ReplayAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "Excerpt"), [MlflowVersion.V311], atLeast: 42);

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    // Two sets are of servers of their own: one with credentials, one that is asked with chunked bodies.
    private async Task<List<string>> ReplayAsync(string folder, MlflowVersion[] versions, int atLeast)
    {
        var (supported, total) = (0, 0);
        var differences = new List<string>();
        foreach (var version in versions)
        {
            foreach (var (first, last) in new[] { ("01", "12"), ("13", "13"), ("14", "14") })
            {
                await using var server = await MlflowDouble.StartAsync(version);
                server.Credentials = first == "13" ? "admin:right" : null;
                using var replay = new Replay(server) { Authorization = Authorize };
                foreach (var (file, exchange) in GoldenFolder.Read(folder, version, first, last))
                {
                    total++;
                    if (await replay.TryAsync(exchange, TestContext.Current.CancellationToken) is { } difference)
                    {
                        differences.Add($"{version} {file} '{exchange.Name}': {difference}");
                    }
                    else
                    {
                        supported++;
                    }
                }
            }
        }

        var summary = $"golden exchanges: {total} recorded, {supported} answered as recorded";
        Console.WriteLine(summary);
        differences.ForEach(output.WriteLine);
        Assert.True(supported >= atLeast, summary);
        return differences;
    }

    private static AuthenticationHeaderValue Authorize(string exchange) => exchange switch
    {
        "right password" or "create experiment" => Basic("admin:right"),
        "bearer token" => new AuthenticationHeaderValue("Bearer", "token"),
        _ => Basic("admin:wrong"),
    };

    private static AuthenticationHeaderValue Basic(string credentials) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

    private static string Require()
    {
        var folder = GoldenFolder.Find();
        var required = Environment.GetEnvironmentVariable("EXPERIMENTS_TESTS_REQUIRE")?.Split(',') ?? [];
        if (folder is null && (required.Contains("mlflow-golden") || required.Contains("all")))
        {
            Assert.Fail($"the recorded exchanges are required: set {GoldenFolder.Variable}");
        }

        Assert.SkipWhen(folder is null, $"no recorded exchanges: set {GoldenFolder.Variable} to their folder");
        return folder!;
    }
}
