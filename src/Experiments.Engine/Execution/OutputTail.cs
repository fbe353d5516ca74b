using System.Text;
using System.Text.RegularExpressions;
using Experiments.Shared;

namespace Experiments.Engine.Execution;

/// <summary>The last words of a program, fit for one line of a message.</summary>
internal static partial class OutputTail
{
    private const int MostBytes = 4096;
    private const int MostLines = 3;
    private const int MostCharacters = 400;

    /// <summary>The last lines of a file; empty when it has none, or when something else is in its place.</summary>
    /// <param name="path">The file.</param>
    internal static string Read(string path)
    {
        try
        {
            using var file = PlainFile.TryOpen(path);
            if (file is null)
                return "";
            file.Position = Math.Max(file.Length - MostBytes, 0);
            var buffer = new byte[MostBytes];
            return OneLine(Encoding.UTF8.GetString(buffer, 0, file.ReadAtLeast(buffer, MostBytes, throwOnEndOfStream: false)));
        }
        catch (IOException)
        {
            return ""; // EXP3020 says it
        }
    }

    /// <summary>Puts the last lines on one, without colours and other control characters.</summary>
    /// <param name="text">The output.</param>
    internal static string OneLine(string text)
    {
        var lines = Escapes().Replace(text, "").Split('\n', '\r')
            .Select(line => string.Concat(line.Where(character => !char.IsControl(character))).Trim())
            .Where(line => line.Length > 0)
            .ToList();
        var joined = string.Join(" | ", lines.TakeLast(MostLines));
        return joined.Length <= MostCharacters ? joined : "…" + joined[^MostCharacters..];
    }

    [GeneratedRegex("\u001b\\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escapes();
}
