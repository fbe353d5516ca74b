using Experiments.Core.Diagnostics;
using Experiments.Engine;
using Experiments.Definitions;
using Experiments.Shared;

namespace Experiments.Tool.Starting;

/// <summary>Writes what a first sweep needs into a project's folder.</summary>
internal static class FirstFiles
{
    /// <summary>Writes the definition, once our own reader has read it, and completes <c>.gitignore</c>.</summary>
    /// <param name="folder">The project's folder, absolute.</param>
    /// <param name="file">The definition's file.</param>
    /// <param name="text">Its text.</param>
    /// <returns>Whether <c>.gitignore</c> lacked something.</returns>
    /// <exception cref="DiagnosticException">EXP1036: it cannot be written; else what is wrong with the text.</exception>
    public static bool Write(string folder, string file, string text)
    {
        try
        {
            Verify(file, text);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            Put(file, text);
            var ignored = Path.Combine(folder, ".gitignore");
            var before = TextOf(ignored);
            var after = IgnoredFiles.Complete(before);
            if (after == before)
                return false;
            Put(ignored, after);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(DefinitionDiagnostics.CannotBegin.Error($"{Path.GetRelativePath(".", file)} cannot be written: {exception.Message}"), exception);
        }
    }

    private static string TextOf(string file)
    {
        using var stream = PlainFile.TryOpen(file);
        if (stream is null)
            return "";
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void Verify(string file, string text)
    {
        var copy = Path.GetTempFileName();
        try
        {
            File.WriteAllText(copy, text);
            var reading = DefinitionReader.ReadCopy(copy, file);
            // An assembly is not there before the first build.
            if (reading.Diagnostics.FirstOrDefault(one => one.Severity == DiagnosticSeverity.Error && !(one.Code == DefinitionDiagnostics.FileNotFound.Code && text.Contains("\n  assembly: ", StringComparison.Ordinal))) is { } mistake)
                throw new DiagnosticException(mistake);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static void Put(string file, string text)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, file, overwrite: true);
    }
}
