using System.Security.Cryptography;
using System.Text;
using Experiments.Mlflow.Validation;

namespace Experiments.Mlflow.Outbox;

/// <summary>
/// An experiment's description that tells whether somebody has edited it since: its last line, which Markdown does not show, holds the digest of
/// the rest.
/// </summary>
internal static class SignedNote
{
    private const string Start = "\n\n[//]: # (written by a program, which replaces it unless you change it: ";
    private const int DigestLength = 16;

    /// <summary>The text, cut at what a store takes, with its signature.</summary>
    public static string Sign(string text)
    {
        var cut = TextLimit.Cut(text, TextLimit.ExperimentTagValue - Start.Length - DigestLength - 1);
        return $"{cut}{Start}{Digest(cut)})";
    }

    /// <summary>Whether the note is as <see cref="Sign"/> made it.</summary>
    public static bool IsUntouched(string note) =>
        note.LastIndexOf(Start, StringComparison.Ordinal) is >= 0 and var end && note[(end + Start.Length)..] == $"{Digest(note[..end])})";

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestLength];
}
