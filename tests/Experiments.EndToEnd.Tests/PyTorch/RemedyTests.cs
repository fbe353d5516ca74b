using System.Text.RegularExpressions;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.PyTorch;

/// <summary>The remedy that a message prints is put into the definition as it stands, and helps.</summary>
[Trait("Needs", "pytorch")]
public sealed partial class RemedyTests : IDisposable
{
    /// <summary>Its option reaches the loaders that evaluate; the one that trains is made elsewhere.</summary>
    private const string EvaluatesOnly = """
        import argparse

        import torch
        from torch.utils.data import DataLoader, RandomSampler, TensorDataset

        parser = argparse.ArgumentParser()
        parser.add_argument("--num_workers", type=int, default=0)
        parser.add_argument("--epochs", type=int)
        parsed = parser.parse_args()
        data = TensorDataset(torch.randn(800, 8), torch.zeros(800, dtype=torch.long))


        def pseudo_labelled():
            return DataLoader(data, sampler=RandomSampler(data), batch_size=16)


        evaluation = DataLoader(data, batch_size=16, num_workers=parsed.num_workers)
        model = torch.nn.Linear(8, 10)
        optimizer = torch.optim.SGD(model.parameters(), 0.01)
        for epoch in range(parsed.epochs):
            for x, y in pseudo_labelled():
                loss = torch.nn.functional.cross_entropy(model(x), y)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
        """;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("train")]
    [InlineData("train.py:14")]
    public async Task A_setting_whose_argument_does_not_reach_the_training_is_not_recommended_and_the_printed_arguments_let_the_probe_set_it(string loaders)
    {
        TorchPython.Require();
        _workspace.Write("train.py", EvaluatesOnly);
        const string Arguments = "[--num_workers, \"{num_workers}\", --epochs, \"100000\"]";
        var definition = Scripts.Definition(TorchPython.Program, "num_workers: [0, 2]", Arguments).Replace("  steps: 8", $"  steps: auto\n  probe: {{loaders: \"{loaders}\"}}", StringComparison.Ordinal);
        _workspace.Write("torch.yaml", definition);

        var first = await _workspace.RunAsync("run", "torch.yaml");

        if (first.Output.Contains("EXP3156", StringComparison.Ordinal))
        {
            Assert.Contains("Recommended: all: no recommendation", first.Output, StringComparison.Ordinal);
            var remedy = Remedy().Match(first.Output.ReplaceLineEndings(" "));
            Assert.True(remedy.Success, first.Output);
            _workspace.Write("torch.yaml", definition.Replace(Arguments, remedy.Groups["args"].Value, StringComparison.Ordinal));
            first = await _workspace.RunAsync("run", "torch.yaml");
        }

        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.DoesNotContain("EXP3156", first.Output, StringComparison.Ordinal);
        Assert.Contains("Recommended: all: num_workers=", first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_is_there_is_the_trials_own_once_the_printed_placeholder_is_used()
    {
        TorchPython.Require();
        _workspace.Write("train.py", """
            import argparse
            import os

            import torch
            from torch.utils.data import DataLoader, TensorDataset

            parser = argparse.ArgumentParser()
            parser.add_argument("--out")
            os.makedirs(parser.parse_args().out)
            for batch in DataLoader(TensorDataset(torch.arange(400.0)), batch_size=4, shuffle=True):
                pass
            """);
        var definition = Scripts.Definition(TorchPython.Program, "num_workers: [0, 1]", "[--out, runs/first]");
        _workspace.Write("torch.yaml", definition);

        var run = await _workspace.RunAsync("run", "torch.yaml");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("EXP3126", run.Output, StringComparison.Ordinal);
        var remedy = Remedy().Match(run.Output.ReplaceLineEndings(" "));
        _workspace.Write("torch.yaml", definition.Replace("[--out, runs/first]", remedy.Groups["args"].Value, StringComparison.Ordinal));
        run = await _workspace.RunAsync("run", "torch.yaml");
        Assert.True(run.ExitCode == 0, run.ToString());
    }

    [Fact]
    public async Task A_module_of_the_users_own_is_found_by_the_path_that_is_printed()
    {
        TorchPython.Require();
        _workspace.Write("src/train.py", "import torch\nfrom helpers.data import loader\nfor batch in loader: pass\n");
        _workspace.Write("helpers/data.py", "import torch\nfrom torch.utils.data import DataLoader, TensorDataset\nloader = DataLoader(TensorDataset(torch.arange(400.0)), batch_size=4, shuffle=True)\n");
        var definition = Scripts.Definition(TorchPython.Program, "num_workers: [0, 1]").Replace("train.py", "src/train.py", StringComparison.Ordinal);
        _workspace.Write("torch.yaml", definition);

        var run = await _workspace.RunAsync("run", "torch.yaml");

        Assert.True(run.ExitCode == 3, run.ToString());
        Assert.Contains("1 of 2 trials did not run", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var remedy = Regex.Match(run.Output.ReplaceLineEndings(" "), "try: (env: \\{PYTHONPATH: \"[^\"]+\"\\})");
        _workspace.Write("torch.yaml", definition.Replace("  steps: 8", $"  steps: 8\n  {remedy.Groups[1].Value}", StringComparison.Ordinal));
        run = await _workspace.RunAsync("run", "torch.yaml");
        Assert.True(run.ExitCode == 0, run.ToString());
    }

    [Fact]
    public async Task An_option_that_the_script_does_not_have_is_bad_usage_after_one_trial_and_the_printed_one_is_taken()
    {
        TorchPython.Require();
        _workspace.Write("train.py", EvaluatesOnly.Replace("\"--num_workers\"", "\"--workers\", dest=\"num_workers\"", StringComparison.Ordinal));
        var definition = Scripts.Definition(TorchPython.Program, "num_workers: [0, 2]", "[--num_workers, \"{num_workers}\", --epochs, \"100000\"]");
        _workspace.Write("torch.yaml", definition);

        var run = await _workspace.RunAsync("run", "torch.yaml");

        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains("1 of 2 trials did not run: EXP3124", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("args: [--workers, \"{num_workers}\"]", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"try: args: (?<args>\[[^#]*\])\s+#")]
    private static partial Regex Remedy();
}
