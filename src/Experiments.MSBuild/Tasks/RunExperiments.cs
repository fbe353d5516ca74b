using Experiments.MSBuild.Incremental;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Experiments.MSBuild.Tasks;

/// <summary>
/// Runs the <c>experiments</c> command over definitions. Its diagnostics become MSBuild errors and warnings with file, line and code;
/// everything else that it or a training prints stays a message, whatever it looks like.
/// </summary>
public sealed class RunExperiments : Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary><c>run</c>, <c>plan</c>, <c>gate</c> or <c>baseline accept</c>.</summary>
    [Required]
    public string Command { get; set; } = "";

    /// <summary>The definition files; metadata <c>Inputs</c> names further files that one depends on.</summary>
    [Required]
    public ITaskItem[] Definitions { get; set; } = [];

    /// <summary>The command: a program, or an assembly that <c>dotnet</c> runs.</summary>
    [Required]
    public string ToolPath { get; set; } = "";

    /// <summary>Files that all definitions depend on, such as the built assembly.</summary>
    public ITaskItem[] Inputs { get; set; } = [];

    /// <summary>Where it is noted what passed with which inputs; without it every call runs.</summary>
    public string StampFolder { get; set; } = "";

    /// <summary>Only configurations with these values, such as <c>num_workers=4;pin_memory=true</c>.</summary>
    public string Filter { get; set; } = ""; // a list would not be split where a command line had to escape the semicolon

    /// <summary>Trials of each configuration.</summary>
    public string Repeats { get; set; } = "";

    /// <summary>One part of the plan, such as <c>2/5</c>.</summary>
    public string Shard { get; set; } = "";

    /// <summary>Seed of the order of trials.</summary>
    public string Seed { get; set; } = "";

    /// <summary>Whether the latest unfinished sweep is continued.</summary>
    public bool Resume { get; set; }

    /// <summary>Where sweeps live.</summary>
    public string Root { get; set; } = "";

    /// <summary>Why a slower baseline is accepted.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Seconds that a sweep has to end in good order when the build is cancelled.</summary>
    public int GraceSeconds { get; set; } = 30;

    /// <inheritdoc />
    public override bool Execute()
    {
        try
        {
            if (Definitions.Length == 0)
                Log.LogWarning("There is no experiment; add one: <Experiment Include=\"experiments/*.yaml\" />");
            else if (!File.Exists(ToolPath))
                Log.LogError(null, "EXP5040", null, null, 0, 0, 0, 0, "the experiments command is not found at {0}, which ExperimentsToolPath names", ToolPath);
            else if (StampFolder.Length > 0)
                RunChanged();
            else
                Run([.. Definitions.Select(definition => definition.ItemSpec)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            Log.LogErrorFromException(exception);
        }

        return !Log.HasLoggedErrors && !_cancellation.IsCancellationRequested;
    }

    /// <inheritdoc />
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc />
    public void Dispose() => _cancellation.Dispose();

    /// <summary>One run for each definition that changed; a red one does not keep the others from running.</summary>
    private void RunChanged()
    {
        var known = new DefinitionInputs(StampFolder, ToolPath, Ask);
        foreach (var definition in Definitions)
        {
            var inputs = known.Of(definition.ItemSpec)
                .Concat(Split(definition.GetMetadata("Inputs")))
                .Concat(Inputs.Select(input => input.ItemSpec))
                .Concat([ToolPath]);
            var stamp = new Stamp(StampFolder, definition.ItemSpec);
            var fingerprint = Fingerprint.Of(Arguments([definition.ItemSpec]), inputs);
            if (stamp.Read() == fingerprint)
            {
                Log.LogMessage(MessageImportance.High, "{0}: up to date", definition.ItemSpec);
                continue;
            }

            stamp.Remove();
            if (_cancellation.IsCancellationRequested)
                return;
            if (Run([definition.ItemSpec]))
                stamp.Write(fingerprint);
        }
    }

    /// <summary>What a definition depends on; null where the command takes it for wrong.</summary>
    private List<string>? Ask(string definition)
    {
        var lines = new List<string>();
        var exitCode = ToolProcess.Run(ToolPath, ["plan", definition, "--inputs"], TimeSpan.FromSeconds(GraceSeconds), lines.Add, _cancellation.Token);
        return exitCode == 0 ? [.. lines.Where(line => !DiagnosticLine.Matches(line))] : null;
    }

    private bool Run(string[] definitions)
    {
        var errors = 0;
        var exitCode = ToolProcess.Run(ToolPath, Arguments(definitions), TimeSpan.FromSeconds(GraceSeconds), Line, _cancellation.Token);
        if (exitCode != 0 && errors == 0 && !_cancellation.IsCancellationRequested)
            Log.LogError(null, null, null, definitions[0], 0, 0, 0, 0, "experiments {0} ended with exit code {1}: {2}", Command, exitCode, ExitCodes.Meaning(exitCode));
        if (_cancellation.IsCancellationRequested)
            Log.LogMessage(MessageImportance.High, "The sweep is cancelled; -p:ExperimentsResume=true continues it.");
        return exitCode == 0 && errors == 0;

        void Line(string text)
        {
            if (DiagnosticLine.Matches(text))
                errors += Log.LogMessageFromText(text, MessageImportance.High) ? 1 : 0;
            else
                Log.LogMessage(MessageImportance.High, "{0}", text);
        }
    }

    private List<string> Arguments(string[] definitions)
    {
        var arguments = new List<string>(Command.Split(' '));
        arguments.AddRange(definitions);
        foreach (var filter in Split(Filter))
            arguments.AddRange(["--filter", filter]);
        foreach (var (name, value) in new[] { ("--shard", Shard), ("--repeats", Repeats), ("--seed", Seed), ("--root", Root), ("--reason", Reason) })
        {
            if (value.Length > 0)
                arguments.AddRange([name, value]);
        }

        if (Resume)
            arguments.Add("--resume");
        if (Command == "run")
            arguments.Add("--stop-when-stdin-closes");
        return arguments;
    }

    private static IEnumerable<string> Split(string list) =>
        list.Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(item => item.Trim()).Where(item => item.Length > 0);
}
