using Experiments.PyTorch.Steering;

namespace Experiments.PyTorch.Tests.Steering;

public sealed class ProbeSettingsTests
{
    private static readonly Dictionary<string, string> Axes = new()
    {
        ["dataset"] = "MELD-DA", ["num_workers"] = "4", ["pin_memory"] = "true", ["prefetch_factor"] = "3",
        ["persistent_workers"] = "false", ["batch_size"] = "32",
    };

    [Fact]
    public void An_axis_that_the_script_takes_as_an_argument_is_not_overridden()
    {
        var settings = new ProbeSettings().WithOverrides(Axes, ["--dataset", "{dataset}", "--num_workers={num_workers}"]);
        Assert.Null(settings.NumWorkers);
        Assert.True(settings.PinMemory);
    }

    [Fact]
    public void Axes_that_no_argument_takes_become_overrides()
    {
        var settings = new ProbeSettings().WithOverrides(Axes, ["--train"]);
        Assert.Equal(new ProbeSettings { NumWorkers = 4, PinMemory = true, PrefetchFactor = 3, PersistentWorkers = false, BatchSize = 32 }, settings);
    }

    [Fact]
    public void A_value_of_another_type_is_refused()
    {
        var axes = new Dictionary<string, string> { ["pin_memory"] = "perhaps" };
        Assert.Throws<FormatException>(() => new ProbeSettings().WithOverrides(axes, []));
    }

    [Fact]
    public void Only_what_is_set_reaches_the_environment()
    {
        var variables = ProbeEnvironment.Of(new ProbeSettings { NumWorkers = 0, PinMemory = false }, null, "/probe");
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["PYTHONPATH"] = "/probe", ["EXPERIMENTS_PROBE_LOADERS"] = "train",
                ["EXPERIMENTS_PROBE_NUM_WORKERS"] = "0", ["EXPERIMENTS_PROBE_PIN_MEMORY"] = "false",
            },
            variables);
    }

    [Fact]
    public void All_settings_reach_the_environment()
    {
        var settings = new ProbeSettings
        {
            PrefetchFactor = 8, PersistentWorkers = true, BatchSize = 16, Loaders = "utils.py:30", StopAfterSteps = true,
            CudaSynchronizeEvery = 10, RaiseIterable = true,
        };
        var variables = ProbeEnvironment.Of(settings, "/mine", "/probe");
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["PYTHONPATH"] = "/probe:/mine", ["EXPERIMENTS_PROBE_LOADERS"] = "utils.py:30", ["EXPERIMENTS_PROBE_STOP"] = "after_steps",
                ["EXPERIMENTS_PROBE_PREFETCH_FACTOR"] = "8", ["EXPERIMENTS_PROBE_PERSISTENT_WORKERS"] = "true",
                ["EXPERIMENTS_PROBE_BATCH_SIZE"] = "16", ["EXPERIMENTS_PROBE_CUDA_SYNCHRONIZE"] = "10",
                ["EXPERIMENTS_PROBE_RAISE_ITERABLE"] = "1",
            },
            variables);
    }

    [Theory]
    [InlineData(null, "/probe")]
    [InlineData("", "/probe")]
    [InlineData("/mine:/yours", "/probe:/mine:/yours")]
    [InlineData("/mine:/probe:/yours", "/probe:/mine:/yours")]
    public void The_probe_comes_first_on_the_path_and_once(string? before, string after)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths of Unix");
        Assert.Equal(after, ProbeEnvironment.ComposePythonPath("/probe", before));
    }

    [Fact]
    public void The_probe_is_copied_beside_the_program() => Assert.True(File.Exists(ProbeFolder.Sitecustomize));
}
