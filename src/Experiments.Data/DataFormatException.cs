namespace Experiments.Data;

/// <summary>A file of a dataset is not what it has to be: which file, which part of it, what was expected and what was found.</summary>
public sealed class DataFormatException : Exception
{
    internal DataFormatException(DataFault fault, string file, string field, string expected, string found)
        : base($"{file}: error DATA{(int)fault:0000}: {field}: expected {expected}, found {found}.")
    {
        Fault = fault;
        File = file;
        Field = field;
        Expected = expected;
        Found = found;
    }

    /// <summary>What is wrong.</summary>
    public DataFault Fault { get; }

    /// <summary>The fault as a code that never changes its meaning, such as <c>DATA0003</c>.</summary>
    public string Code => $"DATA{(int)Fault:0000}";

    /// <summary>Path of the file.</summary>
    public string File { get; }

    /// <summary>Which part of the file: a key, a column, a header's entry, a line.</summary>
    public string Field { get; }

    /// <summary>What would have been right.</summary>
    public string Expected { get; }

    /// <summary>What is there.</summary>
    public string Found { get; }
}
