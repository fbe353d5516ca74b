using System.Text;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Checks;
using Experiments.Definitions.Documents;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions;

/// <summary>
/// Reads definitions. A file named <c>*.json</c> is read by JSON's rules, any other as YAML 1.2. What a user got wrong is a
/// diagnostic (EXP1xxx) with its place, as many of them at once as can be told; nothing is thrown for it.
/// </summary>
public static class DefinitionReader
{
    /// <summary>The definition in a file.</summary>
    /// <param name="path">The file, as it shall be named in messages; relative to the current directory.</param>
    public static DefinitionReading Read(string path) => ReadCopy(path, path);

    /// <summary>The definition in a copy of a file.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="path">The file that it is a copy of: paths in it are relative to this one's folder, and messages name it.</param>
    public static DefinitionReading ReadCopy(string copy, string path)
    {
        var diagnostics = new List<Diagnostic>();
        return DefinitionText.ReadFile(copy, diagnostics) is { } bytes
            ? Parse(bytes, path)
            : new DefinitionReading { Diagnostics = diagnostics };
    }

    /// <summary>The definition in a file's bytes.</summary>
    internal static DefinitionReading Parse(ReadOnlySpan<byte> bytes, string path)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        var diagnostics = new List<Diagnostic>();
        if (DefinitionText.Decode(bytes, path, diagnostics) is not { } text)
            return new DefinitionReading { Diagnostics = diagnostics };
        try
        {
            var isJson = Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);
            return Understand(isJson ? JsonTree.Parse(bytes) : YamlTree.Parse(text), path, DefinitionPaths.Of(path));
        }
        catch (DocumentException mistake)
        {
            return new DefinitionReading { Diagnostics = [mistake.Rule.Error(mistake.Message, new SourcePosition(path, mistake.Line, mistake.Column))] };
        }
    }

    /// <summary>The definition that a tree means.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="path">The file that it stands in, or that it will be written to.</param>
    /// <param name="paths">What its paths are relative to.</param>
    /// <param name="checksFiles">Whether the files that it names must be there already.</param>
    internal static DefinitionReading Understand(Node tree, string path, DefinitionPaths paths, bool checksFiles = true)
    {
        var context = new ReadingContext(path, paths);
        if (DefinitionKeys.Root.Read(tree, "", context) is not ExperimentDefinition draft)
            return new DefinitionReading { Diagnostics = context.Diagnostics };
        TaskChecks.Check(draft, context);
        DatasetChecks.Check(draft, context);
        PlaceholderChecks.Check(draft, context);
        MatrixChecks.Check(draft, context);
        GateChecks.Check(draft, context);
        ExecutorChecks.Check(draft, context);
        if (checksFiles)
            new FileChecks(context).Check();
        var reading = new DefinitionReading
        {
            Definition = context.HasErrors ? null : draft with { File = path, Positions = context.Positions },
            Diagnostics = context.Diagnostics,
        };
        return draft.Source is { } source ? WrittenElsewhere.Told(reading, draft.Name, source) : reading;
    }
}
