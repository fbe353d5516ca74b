namespace Experiments.Core.Diagnostics;

/// <summary>EXP1xxx: what can be wrong in a definition, or in what is asked of it (filter, shard, repeats).</summary>
public static class DefinitionDiagnostics
{
    /// <summary>The file cannot be read.</summary>
    public static DiagnosticRule UnreadableFile { get; } =
        new("EXP1001", "The definition cannot be read", "Check that the path names a file and that you may read it.");

    /// <summary>The text is not well-formed YAML or JSON.</summary>
    public static DiagnosticRule Syntax { get; } =
        new("EXP1002", "The definition is not well-formed YAML or JSON", "Mend the syntax at the place named; indent with spaces.");

    /// <summary>A key that does not exist here.</summary>
    public static DiagnosticRule UnknownKey { get; } =
        new("EXP1003", "A key that does not exist here", "Use one of the keys that the message lists.");

    /// <summary>The file is larger than any definition can be.</summary>
    public static DiagnosticRule FileTooLarge { get; } =
        new("EXP1004", "The definition is too large", "Name the right file; a definition has at most 1 MiB. Data belongs into datasets.");

    /// <summary>The file is not UTF-8.</summary>
    public static DiagnosticRule NotUtf8 { get; } =
        new("EXP1005", "The definition is not UTF-8 text", "Save the file as UTF-8.");

    /// <summary>A tab indents a line of YAML.</summary>
    public static DiagnosticRule TabIndentation { get; } =
        new("EXP1006", "A tab indents a line", "YAML indents with spaces only; replace the tab.");

    /// <summary>Nesting or aliases that explode.</summary>
    public static DiagnosticRule TooComplex { get; } =
        new("EXP1007", "The definition is nested too deep or its aliases explode", "Write the values out; no definition needs 32 levels or 100,000 values.");

    /// <summary>YAML that a definition has no use for.</summary>
    public static DiagnosticRule UnsupportedYaml { get; } =
        new("EXP1008", "YAML that a definition has no use for", "Use one document of plain mappings, lists and scalars, without custom tags.");

    /// <summary>A key that is written twice.</summary>
    public static DiagnosticRule RepeatedKey { get; } =
        new("EXP1009", "A key that is written twice", "Remove one of the two.");

    /// <summary>A key that must be there is missing.</summary>
    public static DiagnosticRule MissingKey { get; } =
        new("EXP1010", "A required key is missing", "Add the key that the message names.");

    /// <summary>A value of the wrong type.</summary>
    public static DiagnosticRule WrongType { get; } =
        new("EXP1011", "A value of the wrong type", "Write the type that the message names.");

    /// <summary>A word that is none of the valid ones.</summary>
    public static DiagnosticRule InvalidWord { get; } =
        new("EXP1012", "A word that is none of the valid ones", "Use one of the words that the message lists.");

    /// <summary>A number outside its range.</summary>
    public static DiagnosticRule OutOfRange { get; } =
        new("EXP1013", "A number outside its range", "Use a number in the range that the message names.");

    /// <summary>A size, duration or percentage that cannot be understood.</summary>
    public static DiagnosticRule InvalidQuantity { get; } =
        new("EXP1014", "A size, duration or percentage that cannot be understood", "Write a number with its unit: 12GiB, 15m, 5%.");

    /// <summary>A name or address of a form that is not allowed.</summary>
    public static DiagnosticRule InvalidForm { get; } =
        new("EXP1015", "A name or address of a form that is not allowed", "Use the form that the message names.");

    /// <summary>An axis without values.</summary>
    public static DiagnosticRule EmptyAxis { get; } =
        new("EXP1016", "An axis or a matrix without values", "Give at least one value, or remove the axis.");

    /// <summary>A value that is listed twice.</summary>
    public static DiagnosticRule DuplicateValue { get; } =
        new("EXP1017", "A value that is listed twice", "Remove one of the two; more trials of a configuration are asked for by repeats.");

    /// <summary>An axis that the matrix does not have.</summary>
    public static DiagnosticRule UnknownAxis { get; } =
        new("EXP1018", "An axis that the matrix does not have", "Use one of the axes that the message lists.");

    /// <summary>A <c>{placeholder}</c> that nothing replaces.</summary>
    public static DiagnosticRule UnknownPlaceholder { get; } =
        new("EXP1019", "A placeholder that nothing replaces", "Use one of the names that the message lists, or double the braces to mean them literally.");

    /// <summary>An entry of <c>exclude</c> that matches nothing.</summary>
    public static DiagnosticRule UselessExclude { get; } =
        new("EXP1020", "An exclude that matches nothing", "Use values that the axes have, or remove the entry.");

    /// <summary>A dataset that is not declared.</summary>
    public static DiagnosticRule UnknownDataset { get; } =
        new("EXP1021", "A dataset that is not declared", "Declare the dataset under datasets, or correct its name.");

    /// <summary>A dataset's folder is missing or holds no feature store.</summary>
    public static DiagnosticRule DatasetNotFound { get; } =
        new("EXP1022", "A dataset's folder is missing or holds no dataset.json", "Make the dataset (experiments data …) or correct the path; it is relative to the definition's folder.");

    /// <summary>A script, assembly or folder is missing.</summary>
    public static DiagnosticRule FileNotFound { get; } =
        new("EXP1023", "A script, assembly, program or folder is missing", "Correct the path; it is relative to the definition's folder.");

    /// <summary>Keys that exclude one another.</summary>
    public static DiagnosticRule ConflictingKeys { get; } =
        new("EXP1024", "Keys that do not go together", "Keep one of the keys that the message names.");

    /// <summary>A regular expression that cannot be used.</summary>
    public static DiagnosticRule InvalidPattern { get; } =
        new("EXP1025", "A regular expression that cannot be used", "Mend the expression; its first group is the value: 'throughput: ([0-9.]+)'.");

    /// <summary>More trials than a sweep can have.</summary>
    public static DiagnosticRule TooManyTrials { get; } =
        new("EXP1026", "More trials than a sweep can have", "Shorten the axes or lower repeats; 1,000,000 trials are the limit.");

    /// <summary>A <c>--filter</c> that cannot be used.</summary>
    public static DiagnosticRule InvalidFilter { get; } =
        new("EXP1027", "A filter that cannot be used", "Write --filter axis=value or axis=value,value with axes and values of the matrix.");

    /// <summary>A <c>--shard</c> that cannot be used.</summary>
    public static DiagnosticRule InvalidShard { get; } =
        new("EXP1028", "A shard that cannot be used", "Write --shard 2/5 for the second of five parts.");

    /// <summary>No configuration is left to run.</summary>
    public static DiagnosticRule NothingToRun { get; } =
        new("EXP1029", "No configuration is left to run", "Loosen the filters, or use fewer shards or excludes.");

    /// <summary>An axis whose name looks like a loader setting's, but is none.</summary>
    public static DiagnosticRule SuspiciousAxis { get; } =
        new("EXP1030", "An axis whose name looks like a mistyped loader setting", "Correct the name, or choose one that is less alike: an axis of any other name reaches the task only where {axis} or EXPERIMENTS_AXIS_<NAME> is used.");

    /// <summary>A key that the training task makes no use of.</summary>
    public static DiagnosticRule UselessKey { get; } =
        new("EXP1031", "A key without effect", "Remove the key: it belongs to another kind of training task.");

    /// <summary>A command line with an unknown word or a value that cannot be used.</summary>
    public static DiagnosticRule Usage { get; } =
        new("EXP1032", "The command line has an unknown word or a wrong value", "Use the words and values that the message lists; experiments COMMAND --help shows all.");

    /// <summary>A module that Python does not find.</summary>
    public static DiagnosticRule ModuleNotFound { get; } =
        new("EXP1033", "A Python module that is not found", "Write the module as python -m takes it, and name the folder that holds its package by train.working_directory.");

    /// <summary>A project in which <c>init</c> finds nothing to sweep.</summary>
    public static DiagnosticRule NothingToTrain { get; } =
        new("EXP1034", "Nothing to train was found", "Name the script that trains: experiments init PATH; or take the built-in task: experiments init --synthetic.");

    /// <summary>A project in which <c>init</c> finds several things to sweep, none of them clearly meant.</summary>
    public static DiagnosticRule SeveralToTrain { get; } =
        new("EXP1035", "Several trainings were found", "Name the one that is meant: experiments init FOLDER or experiments init SCRIPT.");

    /// <summary>A first definition that cannot be written.</summary>
    public static DiagnosticRule CannotBegin { get; } =
        new("EXP1036", "The first definition cannot be written", "Name an existing folder that you may write to; a definition that is there already is never touched.");

    /// <summary>A gate over a metric that bounds nothing.</summary>
    public static DiagnosticRule NoBound { get; } =
        new("EXP1041", "A gate over a metric without a bound", "Give it one of min, max, max_increase and max_decrease, or remove it.");

    /// <summary>A Slurm job with less memory than its trial may take.</summary>
    public static DiagnosticRule SlurmMemory { get; } =
        new("EXP1046", "A Slurm job has less memory than its trial may take", "Raise executor.slurm.memory, or leave it out: then it follows from limits.memory. Slurm's limit must be above the trial's, so that the trial's speaks first.");

    /// <summary>A Slurm job that ends before its trial times out.</summary>
    public static DiagnosticRule SlurmTime { get; } =
        new("EXP1047", "A Slurm job ends before its trial times out", "Raise executor.slurm.time, or leave it out: then it follows from limits.timeout. Or lower limits.timeout.");

    /// <summary>A gate that compares code, on Slurm.</summary>
    public static DiagnosticRule SlurmPairs { get; } =
        new("EXP1048", "Pairs of old and new code are not measured on Slurm", "Remove gates.throughput.against, or run with --executor local on one node: srun experiments run.");

    /// <summary>An option of sbatch that the program sets itself.</summary>
    public static DiagnosticRule SlurmOption { get; } =
        new("EXP1049", "An option of sbatch that cannot be given", "Write whole options such as --qos=high; those that the message names are set by the program, or have a key of their own.");

    /// <summary>Two experiments of one name.</summary>
    public static DiagnosticRule DuplicateExperiment { get; } =
        new("EXP1040", "Two experiments of one name", "Give one of the two another name; results are kept by name.");
}
