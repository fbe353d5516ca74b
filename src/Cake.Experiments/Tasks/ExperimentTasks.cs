using System.Runtime.CompilerServices;
using Cake.Core;
using Cake.Core.IO;
using Cake.Experiments.Tool;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Cake.Experiments.Tasks;

/// <summary>
/// The tasks of one build: one for each experiment, and <c>Sweep</c>, <c>Plan</c>, <c>Gate</c>, <c>Baseline</c> over all of them.
/// Registration only adds tasks to the engine: <c>--tree</c> and <c>--dryrun</c> run it too.
/// </summary>
internal sealed class ExperimentTasks
{
    private static readonly ConditionalWeakTable<ICakeEngine, ExperimentTasks> Instances = [];
    private readonly ICakeContext _context;
    private readonly ICakeEngine _engine;
    private readonly List<RegisteredExperiment> _experiments = [];
    private readonly SweepOutcomes _outcomes;
    private readonly CakeTaskBuilder? _sweep;

    private ExperimentTasks(ICakeContext context, ICakeEngine engine)
    {
        (_context, _engine) = (context, engine);
        _outcomes = new SweepOutcomes(context.Log);
        _sweep = Overall("Sweep", "Runs all experiments and ends with the worst verdict's exit code. --experiment=NAME, --filter=num_workers=4, --repeats=N, --shard=2/5, --seed=N, --resume.")
            ?.Does(() => VerdictExitCode.Relay(SweepEnded));
        Overall("Plan", "Prints the trials that Sweep would run. Takes Sweep's options.")?.Does(() => VerdictExitCode.Relay(() => RunSelected(ExperimentsCommand.Plan)));
        Overall("Gate", "Judges the latest sweep of each experiment again, against today's limits and baselines.")?.Does(() => VerdictExitCode.Relay(() => RunSelected(ExperimentsCommand.Gate)));
        Overall("Baseline", "Accepts the latest sweep of each experiment as this machine's baseline. --reason=TEXT where it is slower.")?.Does(() => VerdictExitCode.Relay(() => RunSelected(ExperimentsCommand.AcceptBaseline)));
    }

    public static ExperimentTasks Of(ICakeContext context)
    {
        var engine = (ICakeEngine?)context.ServiceProvider?.GetService(typeof(ICakeEngine))
            ?? throw new CakeException(ExitCodes.BadUsage, "Experiments: tasks can be added from a Cake script only; elsewhere use ExperimentsRun(definitions).");
        return Instances.GetValue(engine, key => new ExperimentTasks(context, key));
    }

    public CakeTaskBuilder Add(string name, string description, Func<FilePath> definition, SourcePosition position)
    {
        if (_experiments.Any(experiment => experiment.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw Fault($"experiment '{name}': it is defined twice; give one of the two another name", position);
        if (_engine.Tasks.Any(task => task.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw Fault($"experiment '{name}': there is a task of that name already; an experiment is a task too and needs a name of its own", position);

        var experiment = new RegisteredExperiment(name, definition);
        _experiments.Add(experiment);
        if (_experiments.Count == 2)
            _engine.RegisterSetupAction(setup => _outcomes.Collecting = _sweep is not null && setup.TasksToExecute.Any(task => task.Name == "Sweep"));
        var task = _engine.RegisterTask(name)
            .Description(description)
            .Does(() => VerdictExitCode.Relay(() => RunOne(experiment)))
            .OnError(exception => _outcomes.Keep(name, exception));
        if (_sweep is not null && ExperimentOptions.Selected(_context.Arguments) is var selected && (selected.Count == 0 || selected.Contains(name)))
            _sweep.IsDependentOn(name);
        return task;
    }

    private static CakeException Fault(string message, SourcePosition position) =>
        new(ExitCodes.BadUsage, DefinitionDiagnostics.DuplicateExperiment.Error(message, position).ToString());

    private CakeTaskBuilder? Overall(string name, string description) =>
        _engine.Tasks.Any(task => task.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? null // the build has its own
            : _engine.RegisterTask(name).Description(description);

    private void RunOne(RegisteredExperiment experiment) =>
        ExperimentProcesses.Run(_context, ExperimentsCommand.Run, [experiment.Definition()], ExperimentOptions.Read(_context.Arguments));

    private void RunSelected(ExperimentsCommand command) =>
        ExperimentProcesses.Run(_context, command, [.. Selected().Select(experiment => experiment.Definition())], ExperimentOptions.Read(_context.Arguments));

    private void SweepEnded()
    {
        Selected();
        _outcomes.Judge();
    }

    private List<RegisteredExperiment> Selected()
    {
        var names = ExperimentOptions.Selected(_context.Arguments);
        var unknown = names.Where(name => !_experiments.Any(experiment => experiment.Name == name)).ToList();
        if (unknown.Count > 0)
            throw new CakeException(ExitCodes.BadUsage, $"Experiments: --experiment={string.Join(',', unknown)} is not defined; there are: {string.Join(", ", _experiments.Select(experiment => experiment.Name))}.");
        return [.. _experiments.Where(experiment => names.Count == 0 || names.Contains(experiment.Name))];
    }
}
