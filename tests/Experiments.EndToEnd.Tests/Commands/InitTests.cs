using System.Diagnostics;
using Experiments.Core.Results;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary><c>experiments init</c> in projects of the shapes that people have.</summary>
public sealed class InitTests : IDisposable
{
    private const string Loop = "loader = DataLoader(data, num_workers=4)\nfor x in loader:\n    loss(x).backward()\n";
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("p = argparse.ArgumentParser()\np.add_argument(\"--num_workers\", type=int)", "[--num_workers, \"{num_workers}\"]")]
    [InlineData("p.add_argument('--num-workers', default=2)", "[--num-workers, \"{num_workers}\"]")]
    [InlineData("p.add_argument('-j', '--workers', default=4, type=int, metavar='N',\n    help='number of data loading workers (default: 4)')", "[--workers, \"{num_workers}\"]")]
    [InlineData("p.add_argument('-j', type=int)\nDataLoader(d, num_workers=args.j)", "[-j, \"{num_workers}\"]")]
    [InlineData("p.add_argument('--threads', type=int)\nDataLoader(d, num_workers=args.threads)", "[--threads, \"{num_workers}\"]")]
    [InlineData("p.add_argument('--loaders', dest='procs', type=int)\nDataLoader(d, num_workers=int(args.procs))", "[--loaders, \"{num_workers}\"]")]
    [InlineData("@click.command()\n@click.option('--n-workers', 'workers', default=2)\ndef main(workers): pass", "[--n-workers, \"{num_workers}\"]")]
    [InlineData("import typer\ndef main(epochs: int = 3, num_workers: int = 2): pass\ntyper.run(main)", "[--num-workers, \"{num_workers}\"]")]
    [InlineData("import typer\ndef main(\n    workers: int = typer.Option(2, '--loader-workers')): pass", "[--loader-workers, \"{num_workers}\"]")]
    [InlineData("import fire\ndef main(lr=0.1, num_workers=2): pass\nfire.Fire(main)", "[\"--num_workers={num_workers}\"]")]
    [InlineData("from transformers import HfArgumentParser, TrainingArguments\nHfArgumentParser(TrainingArguments)", "[--dataloader_num_workers, \"{num_workers}\"]")]
    [InlineData("flags.DEFINE_integer('num_workers', 4, 'help')", "[\"--num_workers={num_workers}\"]")]
    [InlineData("@hydra.main(config_path=None)\ndef main(cfg): DataLoader(d, num_workers=cfg.loader.num_workers)", "[\"loader.num_workers={num_workers}\"]")]
    [InlineData("# p.add_argument('--num_workers')\n\"\"\"\np.add_argument('--num_workers') was there once\n\"\"\"", "[]")]
    [InlineData("p.add_argument('--workers', action='store_true')", "[]")]
    [InlineData("p.add_argument('--coworkers_file')", "[]")]
    public async Task The_option_for_workers_is_the_scripts_own(string code, string arguments)
    {
        _workspace.Write("train.py", $"import torch\n{code}\n{Loop}");

        var definition = await InitAsync();

        Assert.Contains($"\n  args: {arguments} ", definition, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@click.group()\ndef cli(): pass\n@cli.command()\n@click.option('--num-workers')\ndef train_model(num_workers): pass\n@cli.command()\ndef predict(): pass\n", "[train-model, --num-workers, \"{num_workers}\"]")]
    [InlineData("s = p.add_subparsers()\ns.add_parser('fit')\ns.add_parser('test')\np.add_argument('--workers')\n", "[fit, --workers, \"{num_workers}\"]")]
    [InlineData("app = typer.Typer()\n@app.command()\ndef go(workers: int = 2): pass\n", "[--workers, \"{num_workers}\"]")]
    [InlineData("LightningCLI(Model, Data)\n", "[fit]")]
    public async Task Of_a_script_with_commands_the_one_that_trains_is_given(string code, string arguments)
    {
        _workspace.Write("cli.py", code + Loop);

        Assert.Contains($"\n  args: {arguments} ", await InitAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from fastai.vision.all import *\ndls = ImageDataLoaders.from_folder(path)\nlearn = vision_learner(dls)\nlearn.fine_tune(3)\n")]
    [InlineData("@hydra.main(config_path='../conf')\ndef main(cfg):\n    trainer = instantiate(cfg.trainer)\n    trainer.fit(model, datamodule=data)\nif __name__ == '__main__':\n    main()\n")]
    [InlineData("accelerator = Accelerator()\ndl = DataLoader(ds)\nfor batch in dl:\n    accelerator.backward(loss)\n")]
    [InlineData("from transformers import Trainer\ntrainer = Trainer(model=model)\ntrainer.train()\n")]
    public async Task Trainings_of_the_usual_libraries_are_seen(string code)
    {
        _workspace.Write("go.py", code);

        Assert.Contains("pytorch: ../go.py", await InitAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_plain_file_is_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "has no such files");
        _workspace.Write("train.py", Loop);
        using (var make = Process.Start("mkfifo", Path.Combine(_workspace.Folder, "pipe.py")))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        foreach (var (name, target) in new[] { ("zero.py", "/dev/zero"), ("link.py", "pipe.py"), ("dangling.py", "nowhere"), ("self.py", "self.py"), ("loop", ".") })
            File.CreateSymbolicLink(Path.Combine(_workspace.Folder, name), target);

        Assert.Contains("pytorch: ../train.py", await InitAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mkfifo .gitignore")]
    [InlineData("mkdir .gitignore")]
    [InlineData("ln -s /dev/zero .gitignore")]
    [InlineData("ln -s .gitignore .gitignore")]
    [InlineData("mkfifo experiments")]
    [InlineData("ln -s experiments experiments")]
    public async Task What_stands_in_the_place_of_a_file_that_it_writes_is_told(string make)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "has no such files");
        _workspace.Write("train.py", Loop);
        using (var shell = Process.Start(new ProcessStartInfo("sh", ["-c", make]) { WorkingDirectory = _workspace.Folder })!)
            await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        var run = await _workspace.RunAsync("init");

        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Contains("error EXP1036: ", run.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_is_found_in_a_module_that_the_script_imports()
    {
        _workspace.Write("train.py", "from utils.options import parse\nfrom utils import loaders\nif __name__ == '__main__':\n    fit(parse())\n    loss.backward()\n");
        _workspace.Write("utils/options.py", "def parse():\n    p.add_argument('--data', required=True)\n    p.add_argument('--nw', type=int)\n");
        _workspace.Write("utils/loaders.py", "def make(o):\n    return DataLoader(d, num_workers=o.nw)\n");

        var definition = await InitAsync();

        Assert.Contains("args: [--nw, \"{num_workers}\"]", definition, StringComparison.Ordinal);
        Assert.Contains("  # It does not start without --data: add them to args.\n", definition, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conf/config.yaml", "data:\n  batch_size: 3\n  num_workers: 4\nother:\n  x: 1\n", "data.num_workers")]
    [InlineData("conf/data/mnist.yaml", "root: x\nnum_workers: 4  # each\n", "data.num_workers")]
    [InlineData("conf/data/mnist.yaml", "# @package _global_\nnum_workers: 4\n", "num_workers")]
    public async Task An_override_of_Hydra_has_the_key_of_its_configuration(string file, string configuration, string key)
    {
        _workspace.Write(file, configuration);
        _workspace.Write("train.py", "@hydra.main(version_base=None, config_path='conf', config_name='config')\ndef main(cfg):\n    loader = DataLoader(d, **cfg)\n    loss.backward()\nif __name__ == '__main__':\n    main()\n");

        Assert.Contains($"args: [\"{key}={{num_workers}}\"]", await InitAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_is_run_as_a_module_from_the_projects_folder()
    {
        _workspace.Write("src/pkg/__init__.py", "");
        _workspace.Write("src/pkg/data.py", "def make(n): return DataLoader(d, num_workers=n)\n");
        _workspace.Write("src/pkg/__main__.py", "from . import data\nif __name__ == '__main__':\n    data.make(1)\n    loss.backward()\n");

        var definition = await InitAsync();

        Assert.Contains("\n  pytorch: {module: pkg} ", definition, StringComparison.Ordinal);
        Assert.Contains("\n  working_directory: .. ", definition, StringComparison.Ordinal);
        Assert.Contains("\n  env: {PYTHONPATH: src} ", definition, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pkg/train.py", "from pkg.model import net\n", "pytorch: {module: pkg.train}")]
    [InlineData("pkg/sub/train.py", "from ..model import net\n", "pytorch: {module: pkg.sub.train}")]
    [InlineData("pkg/train.py", "import numpy\n", "pytorch: ../pkg/train.py")]
    public async Task A_file_of_a_package_is_a_module_where_it_imports_its_package(string file, string import, string expected)
    {
        _workspace.Write("pkg/__init__.py", "");
        _workspace.Write("pkg/sub/__init__.py", "");
        _workspace.Write(file, import + Loop);

        Assert.Contains($"\n  {expected} ", await InitAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_trainings_none_is_taken_in_silence_and_each_can_be_named()
    {
        foreach (var service in new[] { "a", "b" })
            _workspace.Write($"services/{service}/train.py", $"p.add_argument('--workers')\n{Loop}");

        var run = await _workspace.RunAsync("init");

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("error EXP1035: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("services/b/train.py (it makes a DataLoader or has a trainer that does, and takes --workers)", run.Error, StringComparison.Ordinal);
        Assert.Contains("such as: experiments init services/a\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(["services"], Directory.GetFileSystemEntries(_workspace.Folder).Select(Path.GetFileName));

        Assert.Contains("pytorch: ../train.py", await InitAsync("services/b"), StringComparison.Ordinal);
        Assert.Contains("pytorch: ../services/a/train.py", await InitAsync("services/a/train.py"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_training_is_clear_beside_what_evaluates_tests_and_helps()
    {
        _workspace.Write("train.py", Loop);
        _workspace.Write("evaluate.py", $"{Loop}if __name__ == '__main__':\n    main()\n");
        _workspace.Write("data/loaders.py", "def make():\n    return DataLoader(d)\n");
        _workspace.Write("tests/test_train.py", Loop);
        _workspace.Write("examples/deep/train.py", Loop);

        var run = await _workspace.RunAsync("init");

        Assert.True(run.ExitCode == ExitCodes.Pass, run.ToString());
        Assert.StartsWith("train.py: it makes a DataLoader", run.Output, StringComparison.Ordinal);
        Assert.Contains("not taken: evaluate.py (experiments init evaluate.py)", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n  experiments run\n  experiments baseline accept ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exploration.ipynb", "{\"cells\": []}", "jupyter nbconvert --to script exploration.ipynb")]
    [InlineData("hello.py", "print('hello')\n", "1 Python files read")]
    [InlineData("App.csproj", "<Project><ItemGroup><PackageReference Include=\"TorchSharp\" /></ItemGroup></Project>", "ITrainingTask")]
    public async Task Nothing_to_train_is_said_and_nothing_is_written(string file, string text, string word)
    {
        _workspace.Write(file, text);

        var run = await _workspace.RunAsync("init");

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("error EXP1034: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
        Assert.Contains("experiments init --synthetic", run.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_workspace.Folder));
    }

    [Fact]
    public async Task The_synthetic_task_is_written_only_when_it_is_asked_for_and_says_what_it_is()
    {
        _workspace.Write("train.py", Loop);

        var definition = await InitAsync("--synthetic");

        Assert.Contains("torchsharp: utterance-fusion", definition, StringComparison.Ordinal);
        Assert.Contains("not a training of yours", definition, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_TorchSharp_task_is_named_by_its_class_and_where_its_build_is_or_will_be()
    {
        _workspace.Write("App.csproj", "<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework><AssemblyName>My.App</AssemblyName></PropertyGroup></Project>");
        _workspace.Write("Fusion.cs", "namespace Company.Tasks;\n\npublic sealed class Fusion : ITrainingTask\n{\n}\n");

        var run = await _workspace.RunAsync("init");
        var definition = Written(".");

        Assert.Contains("it is not built yet", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n  dotnet build -c Release\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("torchsharp: Company.Tasks.Fusion ", definition, StringComparison.Ordinal);
        Assert.Contains("assembly: ../bin/Release/net10.0/My.App.dll ", definition, StringComparison.Ordinal);

        Directory.Delete(Path.Combine(_workspace.Folder, "experiments"), recursive: true);
        _workspace.Write("bin/x64/Debug/net9.0/My.App.dll", "built");
        Assert.Contains("assembly: ../bin/x64/Debug/net9.0/My.App.dll ", await InitAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "train.py")]
    [InlineData("true", "train.py")]
    [InlineData("1.0", "train.py")]
    [InlineData("0x1F", "train.py")]
    [InlineData("-", "train.py")]
    [InlineData("my train: #1", "my train: #1.py")]
    [InlineData("it's \"so\"", "it's \"so\" {x} [y] & *z !w |.py")]
    [InlineData("Übung 数据", "trainiere – 数据.py")]
    [InlineData("line\nbreak", "line\nbreak.py")]
    [InlineData("plain", "null.py")]
    [InlineData("back\\slash", "back\\slash.py")]
    public async Task Odd_names_are_written_so_that_they_are_read_as_they_are(string folder, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "has no such names");
        _workspace.Write($"{folder}/{script}", Loop);

        var init = await _workspace.RunAsync("init", $"./{folder}");
        Assert.True(init.ExitCode == ExitCodes.Pass, init.ToString());
        var definition = Assert.Single(Directory.GetFiles(Path.Combine(_workspace.Folder, folder, "experiments")));

        var plan = await _workspace.RunAsync("plan", definition, "--output", "json");
        Assert.True(plan.ExitCode == ExitCodes.Pass, plan + File.ReadAllText(definition));
    }

    [Fact]
    public async Task Every_key_has_a_comment_and_gitignore_gets_its_lines_once()
    {
        _workspace.Write("train.py", Loop);
        _workspace.Write(".gitignore", "/mlruns\n*.pyc");

        var definition = await InitAsync();
        var ignored = await File.ReadAllTextAsync(Path.Combine(_workspace.Folder, ".gitignore"), TestContext.Current.CancellationToken);
        Assert.All(definition.TrimEnd().Split('\n'), line => Assert.Contains("# ", line, StringComparison.Ordinal));
        Assert.Contains("stall_timeout: ", definition, StringComparison.Ordinal);
        Assert.Equal("/mlruns\n*.pyc\n# Experiments: sweeps, and MLflow's local records\n.experiments/\nmlflow.db*\nmlartifacts/\n", ignored);

        Directory.Delete(Path.Combine(_workspace.Folder, "experiments"), recursive: true);
        await InitAsync();
        Assert.Equal(ignored, await File.ReadAllTextAsync(Path.Combine(_workspace.Folder, ".gitignore"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/nonexistent/folder", "/nonexistent/folder does not exist")]
    [InlineData("closed", "cannot be written")]
    [InlineData("taken", "is there already; it was not touched")]
    public async Task Where_it_cannot_begin_it_says_why(string folder, string message)
    {
        _workspace.Write("closed/train.py", Loop);
        _workspace.Write("closed/experiments", "a file");
        _workspace.Write("taken/train.py", Loop);
        _workspace.Write("taken/experiments/taken.yaml", "mine");

        var run = await _workspace.RunAsync("init", folder);

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("error EXP1036: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(_workspace.Folder, "taken/experiments/taken.yaml"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_git_ignores_is_not_looked_at()
    {
        _workspace.Write("train.py", Loop);
        _workspace.Write("vendored/train.py", $"p.add_argument('--workers')\n{Loop}");
        _workspace.Write("vendored/run.py", Loop);
        _workspace.Write(".gitignore", "vendored/\n");
        using (var git = Process.Start(new ProcessStartInfo("git", ["init", "-q", _workspace.Folder]))!)
            await git.WaitForExitAsync(TestContext.Current.CancellationToken);

        var run = await _workspace.RunAsync("init");

        Assert.True(run.ExitCode == ExitCodes.Pass, run.ToString());
        Assert.DoesNotContain("vendored", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("plan")]
    public async Task In_an_empty_folder_the_first_step_is_named(string command)
    {
        var run = await _workspace.RunAsync(command);

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Contains("there is no experiments/*.yaml here; experiments init writes a first one", run.Output, StringComparison.Ordinal);
    }

    private async Task<string> InitAsync(params string[] arguments)
    {
        var run = await _workspace.RunAsync(["init", .. arguments]);
        Assert.True(run.ExitCode == ExitCodes.Pass, run.ToString());
        var folder = arguments is [var place] && Directory.Exists(Path.Combine(_workspace.Folder, place)) ? place : ".";
        var definition = Written(folder);
        var plan = await _workspace.RunAsync("plan", Directory.GetFiles(Path.Combine(_workspace.Folder, folder, "experiments")).Single());
        Assert.True(plan.ExitCode == ExitCodes.Pass, plan + definition);
        return definition;
    }

    private string Written(string folder) => File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(_workspace.Folder, folder, "experiments"))));
}
