using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Engine.Trainers;

namespace Experiments.Engine.Tests.Trainers;

public class TrainerTests
{
    [Fact]
    public void A_command_has_its_axes_filled_in_and_other_braces_untouched()
    {
        var command = new CommandTrainer().Prepare(Context(new CommandTask
        {
            Command = ["./{dataset}.sh", "{\"workers\": {num_workers}}"],
            Args = ["--pin={pin_memory}", "{unknown}", "{dataset_path}", "${num_workers} {{num_workers}}"],
        }));

        Assert.Equal("./MELD-DA.sh", command.Program);
        Assert.Equal(["{\"workers\": 4}", "--pin=true", "{unknown}", "/data/meld", "${num_workers} {{num_workers}}"], command.Arguments);
    }

    [Fact]
    public void A_folder_of_the_trials_own_is_the_one_whose_files_become_artifacts()
    {
        var context = Context(new CommandTask { Command = ["./train.sh", "--output={trial_dir}/checkpoints"] });

        var command = new CommandTrainer().Prepare(context);

        var artifacts = TrialEnvironment.Create(context, command, "sweep-1", new Dictionary<string, string>())["EXPERIMENTS_ARTIFACTS"];
        Assert.Equal([$"--output={artifacts}/checkpoints"], command.Arguments);
    }

    [Fact]
    public void The_training_host_gets_the_loader_settings_and_the_tasks_own_axes()
    {
        var command = new TorchSharpTrainer("/opt/Experiments.Training").Prepare(Context(new TorchSharpTask
        {
            Task = "utterance-fusion", Device = "cuda:1", Steps = 60, WarmupSteps = 5, BatchSize = 32,
        }));

        Assert.Equal("/opt/Experiments.Training", command.Program);
        Assert.Equal(
            "run --task utterance-fusion --dataset MELD-DA --dataset_path /data/meld --batch_size 32 --num_workers 4 --pin_memory true "
            + "--steps 60 --warmup_steps 5 --device cuda --seed 7 --evaluate true --set hidden=128",
            string.Join(' ', command.Arguments));
    }

    [Fact]
    public void A_training_host_that_is_a_library_is_run_by_dotnet()
    {
        var command = new TorchSharpTrainer("/opt/Experiments.Training.dll").Prepare(Context(new TorchSharpTask { Task = "x" }));

        Assert.Equal("dotnet", command.Program);
        Assert.Equal("/opt/Experiments.Training.dll", command.Arguments[0]);
    }

    [Fact]
    public void The_environment_is_the_run_contract()
    {
        var context = Context(new CommandTask
        {
            Command = ["x"], Steps = 60, WarmupSteps = 5, Device = "cuda:1", Env = new Dictionary<string, string> { ["TAG"] = "w{num_workers}" },
        });

        var variables = TrialEnvironment.Create(
            context, new TrialCommand { Program = "x" }, "sweep-1", new Dictionary<string, string> { ["CUDA_VISIBLE_DEVICES"] = "2,5" });

        Assert.Equal(
            [
                "CUDA_VISIBLE_DEVICES=5", "EXPERIMENTS_ARTIFACTS=/sweep/trial/artifacts", "EXPERIMENTS_AXIS_DATASET=MELD-DA",
                "EXPERIMENTS_AXIS_ENV_OMP_NUM_THREADS=2", "EXPERIMENTS_AXIS_HIDDEN=128", "EXPERIMENTS_AXIS_NUM_WORKERS=4",
                "EXPERIMENTS_AXIS_PIN_MEMORY=true", "EXPERIMENTS_DATASET_PATH=/data/meld", "EXPERIMENTS_EVENTS=/sweep/trial/events.jsonl",
                "EXPERIMENTS_MEASURE_SECONDS=", "EXPERIMENTS_STEPS=60", "EXPERIMENTS_SWEEP_ID=sweep-1", "EXPERIMENTS_TRIAL_ID=0a1b2c3d4e5f-2", "EXPERIMENTS_WARMUP_STEPS=5",
                "OMP_NUM_THREADS=2", "TAG=w4",
            ],
            variables.Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void With_steps_auto_a_trial_is_told_how_long_to_measure_and_the_least_of_steps()
    {
        var context = Context(new CommandTask { Command = ["x"], Args = ["{steps}"] });

        var variables = TrialEnvironment.Create(context, new TrialCommand { Program = "x" }, "sweep-1", new Dictionary<string, string>());

        Assert.Equal(("3", "20"), (variables["EXPERIMENTS_MEASURE_SECONDS"], variables["EXPERIMENTS_STEPS"]));
        Assert.Equal(["20"], new CommandTrainer().Prepare(context).Arguments);
        Assert.Equal(["700"], new CommandTrainer().Prepare(context with { Steps = 700 }).Arguments);
    }

    [Theory]
    [InlineData("auto", null, null)]
    [InlineData("cuda", "3", null)]
    [InlineData("cpu", "3", "")]
    [InlineData("cuda:1", null, "1")]
    [InlineData("cuda:1", "4,6", "6")]
    [InlineData("cuda:1", "GPU-aa,GPU-bb", "GPU-bb")]
    public void A_device_is_chosen_by_what_the_process_sees(string device, string? inherited, string? visible) =>
        Assert.Equal(visible, DeviceChoice.VisibleDevices(device, inherited));

    private static TrialContext Context(TrainingTask task) => new()
    {
        Definition = new ExperimentDefinition
        {
            Name = "test", File = "/home/test.yaml", Train = task, Seed = 7, Matrix = new MatrixDefinition { Axes = [] },
        },
        Trial = new PlannedTrial(
            new Configuration
            {
                Id = "0a1b2c3d4e5f",
                Values = new Dictionary<string, AxisValue>
                {
                    ["dataset"] = AxisValue.Of("MELD-DA"),
                    ["num_workers"] = AxisValue.Of(4),
                    ["pin_memory"] = AxisValue.Of(true),
                    ["hidden"] = AxisValue.Of(128),
                    ["env.OMP_NUM_THREADS"] = AxisValue.Of(2),
                },
            },
            2),
        Folder = "/sweep/trial",
        DatasetFolder = "/data/meld",
    };
}
