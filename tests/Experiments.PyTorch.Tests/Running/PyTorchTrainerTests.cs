using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Engine.Trainers;
using Experiments.PyTorch.Interpreters;
using Experiments.PyTorch.Running;
using Experiments.PyTorch.Steering;

namespace Experiments.PyTorch.Tests.Running;

public sealed class PyTorchTrainerTests
{
    private static readonly PythonRuntime Python = new(
        new Interpreter("/venv/bin/python", InterpreterSource.VirtualEnvironment),
        new InterpreterInfo { PythonVersion = "3.11.2", Executable = "/venv/bin/python", TorchVersion = "2.4.0" });

    private static readonly PyTorchTask Task = new() { Script = "/work/run.py", BatchSize = 32, Args = ["--dataset", "{dataset}", "--num_workers={num_workers}"] };

    [Fact]
    public void What_no_argument_takes_the_probe_overrides()
    {
        var command = Prepare(Task);

        Assert.Equal("/venv/bin/python", command.Program);
        Assert.Equal(["/work/run.py", "--dataset", "MELD-DA", "--num_workers=4"], command.Arguments);
        Assert.Equal(
            ["EXPERIMENTS_PROBE_LOADERS=train", "EXPERIMENTS_PROBE_PIN_MEMORY=true", "EXPERIMENTS_PROBE_STOP=after_steps", $"PYTHONPATH={ProbeFolder.Path}{Path.PathSeparator}/inherited"],
            command.Environment.Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Where_the_loaders_are_named_the_probe_steers_what_arguments_take_as_well()
    {
        var command = Prepare(Task with { Loaders = "run.py:8", SteersDespiteArguments = true });

        Assert.Contains("--num_workers=4", command.Arguments);
        Assert.Equal(("4", "run.py:8"), (command.Environment["EXPERIMENTS_PROBE_NUM_WORKERS"], command.Environment["EXPERIMENTS_PROBE_LOADERS"]));
        Assert.DoesNotContain("EXPERIMENTS_PROBE_NUM_WORKERS", Prepare(Task with { Loaders = "run.py:8" }).Environment.Keys);
    }

    [Fact]
    public void What_a_step_is_and_holds_reaches_the_probe()
    {
        var environment = Prepare(Task with { Step = "batch", SamplesPerStep = 48 }).Environment;

        Assert.Equal(("batch", "48"), (environment["EXPERIMENTS_PROBE_STEP"], environment["EXPERIMENTS_PROBE_SAMPLES_PER_STEP"]));
    }

    [Theory]
    [InlineData("torchrun --nproc_per_node={ranks}", "/venv/bin/python -m torch.distributed.run --nproc_per_node=2 /work/run.py --dataset MELD-DA --num_workers=4")]
    [InlineData("accelerate launch --cpu", "/venv/bin/python -m accelerate.commands.launch --cpu /work/run.py --dataset MELD-DA --num_workers=4")]
    [InlineData("-m deepspeed.launcher.runner", "/venv/bin/python -m deepspeed.launcher.runner /work/run.py --dataset MELD-DA --num_workers=4")]
    [InlineData("mpirun -n {ranks}", "mpirun -n 2 /venv/bin/python /work/run.py --dataset MELD-DA --num_workers=4")]
    public void A_launcher_starts_the_script_with_the_interpreter_that_was_found(string launcher, string line)
    {
        var command = Prepare(Task with { Launcher = launcher.Split(' ') }, ("ranks", 2));

        Assert.Equal(line, string.Join(' ', command.Arguments.Prepend(command.Program)));
    }

    [Theory]
    [InlineData("", "/venv/bin/python -m pkg.train --dataset MELD-DA --num_workers=4")]
    [InlineData("torchrun --standalone", "/venv/bin/python -m torch.distributed.run --standalone -m pkg.train --dataset MELD-DA --num_workers=4")]
    [InlineData("mpirun -n 2", "mpirun -n 2 /venv/bin/python -m pkg.train --dataset MELD-DA --num_workers=4")]
    public void A_module_is_run_as_python_runs_it(string launcher, string line)
    {
        var command = Prepare(Task with { Module = "pkg.train", Launcher = launcher.Split(' ', StringSplitOptions.RemoveEmptyEntries) });

        Assert.Equal(line, string.Join(' ', command.Arguments.Prepend(command.Program)));
    }

    [Fact]
    public void The_batch_size_is_the_scripts_own_unless_an_axis_or_an_argument_says_it()
    {
        Assert.DoesNotContain("EXPERIMENTS_PROBE_BATCH_SIZE", Prepare(Task).Environment.Keys);
        Assert.Equal("16", Prepare(Task, ("batch_size", 16)).Environment["EXPERIMENTS_PROBE_BATCH_SIZE"]);
        var byArgument = Prepare(Task with { Args = ["--bs", "{batch_size}"] });
        Assert.Equal(["/work/run.py", "--bs", "32"], byArgument.Arguments);
        Assert.DoesNotContain("EXPERIMENTS_PROBE_BATCH_SIZE", byArgument.Environment.Keys);
    }

    [Theory]
    [InlineData(false, "/inherited")]
    [InlineData(true, "/own/4")]
    public void The_python_path_that_was_there_stays_behind_the_probe(bool hasOwn, string expected)
    {
        var task = hasOwn ? Task with { Env = new Dictionary<string, string> { ["PYTHONPATH"] = "/own/{num_workers}" } } : Task;

        Assert.Equal(ProbeFolder.Path + Path.PathSeparator + expected, Prepare(task).Environment["PYTHONPATH"]);
    }

    [Fact]
    public void A_script_may_run_to_its_own_end_and_other_loaders_may_be_steered()
    {
        var environment = Prepare(Task with { StopAfterSteps = false, Loaders = "utils.py:30" }).Environment;

        Assert.DoesNotContain("EXPERIMENTS_PROBE_STOP", environment.Keys);
        Assert.Equal("utils.py:30", environment["EXPERIMENTS_PROBE_LOADERS"]);
    }

    [Fact]
    public void What_trains_is_said_in_one_line_and_tagged()
    {
        Assert.Equal("Python 3.11.2 with torch 2.4.0 (CPU build) at /venv/bin/python, the active virtual environment's", Python.ToString());
        Assert.Equal("2.4.0", Python.Tags["experiments.torch"]);
    }

    private static TrialCommand Prepare(PyTorchTask task, params (string Name, int Value)[] axes)
    {
        var values = new Dictionary<string, AxisValue>
        {
            [AxisNames.Dataset] = AxisValue.Of("MELD-DA"), [AxisNames.NumWorkers] = AxisValue.Of(4), [AxisNames.PinMemory] = AxisValue.Of(true),
        };
        foreach (var (name, value) in axes)
            values[name] = AxisValue.Of(value);
        return new PyTorchTrainer(Python, new Dictionary<string, string> { ["PYTHONPATH"] = "/inherited" }).Prepare(new TrialContext
        {
            Definition = new ExperimentDefinition { Name = "x", File = "x.yaml", Train = task, Matrix = new MatrixDefinition { Axes = [] } },
            Trial = new PlannedTrial(new Configuration { Id = "1", Values = values }, 1),
            Folder = "/trial",
        });
    }
}
