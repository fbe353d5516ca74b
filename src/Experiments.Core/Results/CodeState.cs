namespace Experiments.Core.Results;

/// <summary>What git says of the code that a sweep measures.</summary>
/// <param name="Commit">The commit that is checked out; null without a repository or before its first commit.</param>
/// <param name="Dirty">Whether the working tree differs from it; null where git could not be asked.</param>
/// <param name="DiffHash">Fingerprint of the difference, 16 hexadecimal digits; null where there is none or git could not be asked.</param>
public sealed record CodeState(string? Commit, bool? Dirty, string? DiffHash)
{
    /// <summary>For people: <c>0123456789ab</c>, <c>0123456789ab with changes 89abcdef</c>, <c>no commit</c>.</summary>
    public override string ToString() => (Commit is { Length: > 12 } ? Commit[..12] : Commit ?? "no commit")
        + (DiffHash is { Length: > 8 } ? $" with changes {DiffHash[..8]}" : "");
}
