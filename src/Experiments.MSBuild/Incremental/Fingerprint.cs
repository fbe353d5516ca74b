using System.Security.Cryptography;
using System.Text;

namespace Experiments.MSBuild.Incremental;

/// <summary>What a result holds for: the arguments and the content of all inputs. Times are left out: a fresh checkout changes them all.</summary>
internal static class Fingerprint
{
    public static string Of(IEnumerable<string> arguments, IEnumerable<string> inputs)
    {
        var text = new StringBuilder();
        text.Append(string.Join(" ", arguments)).Append('\n');
        foreach (var input in inputs.Distinct(StringComparer.Ordinal).OrderBy(path => path, StringComparer.Ordinal))
            text.Append(Hash(input)).Append("  ").Append(input).Append('\n');
        return text.ToString();
    }

    private static string Hash(string file)
    {
        if (!File.Exists(file))
            return "absent";
        using var sha = SHA256.Create();
        using var stream = File.OpenRead(file);
        return string.Concat(sha.ComputeHash(stream).Select(value => value.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
