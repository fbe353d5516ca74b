using System.Security.Cryptography;
using System.Text;
using Experiments.Core.Results;
using Experiments.Shared;

namespace Experiments.Code;

/// <summary>Asks git what the code is: its commit, and what differs from it. Untracked files count where their names are those of source code: what trainings write is none.</summary>
internal static class WorkingTree
{
    private const string EmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"; // what git calls the tree without files
    private const int HashDigits = 16;
    private static readonly HashSet<string> SourceExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".py", ".pyx", ".pyi", ".ipynb", ".cs", ".fs", ".csproj", ".fsproj", ".props", ".targets", ".cake", ".sh", ".c", ".cc", ".cpp", ".cu", ".h", ".hpp", ".rs", ".go", ".java", ".jl", ".r", ".lua", ".toml",
    };

    /// <summary>The code around a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="outputs">Files and folders that are no code, whether tracked or not.</param>
    /// <returns>The code, and why its changes are not known; null when they are.</returns>
    internal static (CodeState State, string? Unknown) Read(string folder, IReadOnlyList<string> outputs)
    {
        var commit = GitCommit.Read(folder);
        try
        {
            if (!GitCommit.HasRepository(folder))
                return (new CodeState(commit, null, null), $"there is no git repository around {folder}");
            var top = Encoding.UTF8.GetString(Git.Ask(folder, "rev-parse", "--show-toplevel")).TrimEnd('\n', '\r');
            string[] paths = ["--", ".", .. outputs.Select(output => Path.GetRelativePath(top, Real(output))).Where(path => !path.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(path))
                .Select(path => $":(exclude,literal){path.Replace('\\', '/')}")];
            var difference = Git.Ask(top, ["diff", "--no-ext-diff", "--no-textconv", "--no-color", "--full-index", commit is null ? EmptyTree : "HEAD", .. paths]);
            var others = Encoding.UTF8.GetString(Git.Ask(top, ["ls-files", "--others", "--exclude-standard", "-z", .. paths])).Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(file => SourceExtensions.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal).ToArray();
            if (difference.Length == 0 && others.Length == 0)
                return (new CodeState(commit, false, null), null);
            return (new CodeState(commit, true, Hash(difference, top, others)), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (new CodeState(commit, null, null), exception.Message);
        }
    }

    private static string Hash(byte[] difference, string top, string[] others)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(difference);
        foreach (var file in others)
        {
            var path = Path.Combine(top, file);
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{file}\n"));
            if (new FileInfo(path).LinkTarget is { } target) // as git has it: a link is where it leads, not what is there
            {
                hash.AppendData(Encoding.UTF8.GetBytes(target));
                continue;
            }

            using var content = PlainFile.Open(path);
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..HashDigits];
    }

    /// <summary>The path as git knows it: a temporary folder may be a link.</summary>
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        var target = folder is not null && Directory.Exists(folder) ? new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName : null;
        return target is null ? full : Path.Combine(target, Path.GetFileName(full));
    }
}
