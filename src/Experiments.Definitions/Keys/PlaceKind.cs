using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>A place in a script, as <c>#line</c> has it; read as the current directory sees it.</summary>
internal sealed partial class PlaceKind() : TextKind("a place", Form(), "write file(line), such as ../../build.cake(12)")
{
    public override JsonNode Write(object value, DefinitionPaths paths) =>
        string.Create(CultureInfo.InvariantCulture, $"{paths.Relative(Path.GetFullPath(((SourcePosition)value).File))}({((SourcePosition)value).Line})");

    protected override object? ReadScalar(ScalarNode scalar, string path, ReadingContext context)
    {
        if (base.ReadScalar(scalar, path, context) is not string place)
            return null;
        var line = place.LastIndexOf('(');
        var file = Path.GetRelativePath(Environment.CurrentDirectory, context.Paths.Resolve(place[..line])).Replace('\\', '/');
        return new SourcePosition(file, int.Parse(place.AsSpan((line + 1)..^1), NumberStyles.None, CultureInfo.InvariantCulture), 1);
    }

    [GeneratedRegex(@"\A[^\r\n]+\([1-9][0-9]{0,6}\)\z")]
    private static partial Regex Form();
}
