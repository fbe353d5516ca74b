using System.Security.Cryptography;
using System.Text;

namespace Experiments.Reports.Pages;

/// <summary>Where pages lie in their folder: <c>index.html</c>, <c>EXPERIMENT/index.html</c>, <c>EXPERIMENT/SWEEP.html</c>.</summary>
internal static class PagePaths
{
    /// <summary>The first page of a folder.</summary>
    public const string Index = "index.html";

    /// <summary>A name as that of a file or folder: other signs than letters, digits, <c>-</c>, <c>_</c> and <c>.</c> become <c>_</c>, with a digest that keeps two names apart.</summary>
    /// <param name="name">The name.</param>
    public static string FileName(string name)
    {
        var plain = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '_')).TrimStart('.');
        return plain == name && name.Length is > 0 and <= 100 ? name
            : $"{plain[..Math.Min(plain.Length, 60)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4))}";
    }

    /// <summary>Where the first page leads to for an experiment.</summary>
    /// <param name="experiment">Its name.</param>
    public static string Link(string experiment) => $"{FileName(experiment)}/{Index}";

    /// <summary>Where an experiment's page leads to for a sweep.</summary>
    /// <param name="sweepId">Its id.</param>
    public static string Sweep(string sweepId) => FileName(sweepId) + ".html";
}
