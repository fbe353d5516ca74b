using System.Text.Json.Nodes;

namespace Experiments.Tool.SelfTesting;

/// <summary>The experiment of the self-test: this program itself trains, on the axis <c>fault</c>.</summary>
internal static class SelfTestDefinition
{
    /// <summary>Says in a trial's environment that faults are to be injected.</summary>
    public const string InjectVariable = "SELFTEST_INJECT";

    /// <summary>The definition as JSON. With and without faults it is the same experiment, so that one is the other's baseline.</summary>
    public static string Write(bool inject) => new JsonObject
    {
        ["name"] = "selftest",
        ["train"] = new JsonObject
        {
            ["command"] = new JsonArray([.. Program(), SelfTestTrial.Command, "{fault}"]),
            ["env"] = new JsonObject { [InjectVariable] = inject ? "1" : "0" },
            ["warmup_steps"] = 4,
            ["steps"] = 44,
        },
        ["matrix"] = new JsonObject { ["fault"] = new JsonArray([.. Fault.All.Select(fault => JsonValue.Create(fault.Name))]) },
        ["repeats"] = 3,
        ["limits"] = new JsonObject { ["memory"] = "2GiB", ["timeout"] = "2m" },
        ["gates"] = new JsonObject
        {
            ["peak_memory"] = new JsonObject { ["max"] = "400MiB" },
            ["memory_growth"] = new JsonObject { ["max"] = "0.25MiB/step" },
            ["throughput"] = new JsonObject { ["max_regression"] = "10%", ["max_repeats"] = 6, ["allow_missing_baseline"] = true },
        },
    }.ToJsonString();

    /// <summary>How this program is started: by <c>dotnet</c>, or by the tool's own starter.</summary>
    private static IEnumerable<JsonNode> Program()
    {
        var starter = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(starter) == "dotnet" ? [starter, "exec", Path.Combine(AppContext.BaseDirectory, "Experiments.Tool.dll")] : [starter];
    }
}
