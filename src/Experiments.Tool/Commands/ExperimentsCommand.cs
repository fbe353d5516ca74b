using System.CommandLine;
using System.CommandLine.Help;

namespace Experiments.Tool.Commands;

/// <summary>The root: <c>experiments</c>.</summary>
internal static class ExperimentsCommand
{
    public const string VerboseName = "--verbose";

    private static readonly Option<bool> Verbose = new(VerboseName) { Description = "Print the details of a failure of the tool itself.", Recursive = true };

    /// <summary>Whether the details of a failure of the tool are printed.</summary>
    public static bool IsVerbose(ParseResult parsed) => parsed.GetValue(Verbose);

    // Not a RootCommand: its name would be the assembly's, not the one that people type.
    public static Command Create() => new("experiments", """
        Measures how a training job loads its data: sweeps dataset × num_workers × pin_memory, logs to MLflow, and fails the build
        on memory blow-ups and throughput regressions.

        Exit codes: 0 pass, 1 a gate failed, 2 bad usage or definition, 3 a trial failed or was not measured, 4 inconclusive,
        5 the tool itself failed, 130 cancelled.
        """)
    {
        new HelpOption { Recursive = true, Action = new ShortHelp() },
        new VersionOption(),
        Verbose,
        PlanCommand.Create(),
        CompareCommand.Create(),
        BisectCommand.Create(),
        TuneCommand.Create(),
        RunCommand.Create(),
        ResumeCommand.Create(),
        StatusCommand.Create(),
        AttachCommand.Create(),
        CancelCommand.Create(),
        GateCommand.Create(),
        MergeCommand.Create(),
        CommentCommand.Create(),
        AdviseCommand.Create(),
        ReportCommand.Create(),
        BaselineCommand.Create(),
        HistoryCommand.Create(),
        PublishCommand.Create(),
        CleanCommand.Create(),
        DataCommand.Create(),
        SchemaCommand.Create(),
        InitCommand.Create(),
        SelfTestCommand.Create(),
        SelfTestCommand.CreateTrial(),
        DoctorCommand.Create(),
        CompletionsCommand.Create(),
        CompletionsCommand.CreateComplete(),
        TrialCommand.Create(),
    };
}
