namespace Experiments.Analysis.Text;

/// <summary>How a commit is called where its whole hash is too long.</summary>
public static class CommitName
{
    private const int Digits = 12;

    /// <summary>Its first twelve digits.</summary>
    /// <param name="commit">The hash.</param>
    public static string Short(string commit) => commit[..Math.Min(Digits, commit.Length)];
}
