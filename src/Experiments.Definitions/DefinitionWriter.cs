using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Experiments.Core.Definitions;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions;

/// <summary>Writes definitions as the JSON that <see cref="DefinitionReader"/> reads back as the same. The same definition gives the same text.</summary>
public static class DefinitionWriter
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, never HTML
    };

    /// <summary>The definition's text, with paths relative to the folder of <see cref="ExperimentDefinition.File"/>; what is as usual is left out.</summary>
    /// <param name="definition">The definition.</param>
    public static string Text(ExperimentDefinition definition) =>
        DefinitionKeys.Root.Write(definition, DefinitionPaths.Of(definition.File)).ToJsonString(Options) + "\n";

    /// <summary>Writes the definition to <see cref="ExperimentDefinition.File"/>, unless the file holds it already: its time tells builds whether anything changed.</summary>
    /// <param name="definition">The definition; its file is named <c>*.json</c>.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(ExperimentDefinition definition)
    {
        var text = Text(definition);
        if (File.Exists(definition.File) && File.ReadAllText(definition.File) == text)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(definition.File))!);
        var temporary = $"{definition.File}.{Environment.ProcessId}.tmp";
        File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(temporary, definition.File, overwrite: true);
    }
}
