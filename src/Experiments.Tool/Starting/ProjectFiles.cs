using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Experiments.Tool.Starting;

/// <summary>The files of a project: those that git knows or would add, else those of a walk that stays within bounds.</summary>
internal static class ProjectFiles
{
    private const int MostFiles = 50_000;
    private const int MostFolders = 5_000;
    private const int Deepest = 8;
    private const int LargestText = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string[] Endings = [".py", ".ipynb", ".csproj", ".cs", ".yaml", ".yml"];
    private static readonly string[] NotTheUsers = ["node_modules", "site-packages", "__pycache__", "venv", "env", "build", "dist", "bin", "obj", "wandb", "outputs", "mlruns", "mlartifacts"];

    /// <summary>Paths relative to the folder, with <c>/</c>, sorted; only kinds of files that say what a project trains.</summary>
    /// <param name="folder">The folder, absolute.</param>
    public static IReadOnlyList<string> Of(string folder)
    {
        var known = FromGit(folder);
        if (!known.Any(IsOfInterest)) // no repository, or a folder that it ignores
            known = Walk(folder);
        return [.. known.Where(IsOfInterest).Distinct(StringComparer.Ordinal).Where(file => IsPlainFile(Path.Combine(folder, file))).Order(StringComparer.Ordinal)];
    }

    /// <summary>The text of a file, or nothing where it is too large to be written by hand or cannot be read.</summary>
    /// <param name="file">The file.</param>
    public static string Text(string file)
    {
        try
        {
            if (!IsPlainFile(file))
                return "";
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[LargestText + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= LargestText ? Encoding.UTF8.GetString(bytes, 0, length).TrimStart('\uFEFF') : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static bool IsOfInterest(string file) => Endings.Contains(Path.GetExtension(file).ToLowerInvariant()) && !file.Split('/').SkipLast(1).Any(IsForeign);

    private static bool IsForeign(string folder) => folder.StartsWith('.') || NotTheUsers.Contains(folder);

    /// <summary>Pipes, devices and links to them have no length; opening one may never end.</summary>
    private static bool IsPlainFile(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true } info && (info.LinkTarget is null ? info : info.ResolveLinkTarget(returnFinalTarget: true)) is FileInfo { Exists: true, Length: > 0 };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static List<string> FromGit(string folder)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        try
        {
            using var git = Process.Start(start)!;
            using var patience = new Timer(_ => Kill(git), null, Patience, Timeout.InfiniteTimeSpan);
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var files = Split(git.StandardOutput).Take(MostFiles).ToList();
            Kill(git); // it has ended, or has more files than anyone looks through
            return files;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            return []; // there is no git
        }
    }

    private static IEnumerable<string> Split(StreamReader output)
    {
        var file = new StringBuilder();
        for (var next = output.Read(); next >= 0; next = output.Read())
        {
            if (next != 0)
            {
                file.Append((char)next);
                continue;
            }

            yield return file.ToString();
            file.Clear();
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // it has ended
        }
    }

    /// <summary>Breadth first, so that what lies near is found in a project of any size; links are not followed.</summary>
    private static List<string> Walk(string folder)
    {
        var files = new List<string>();
        var folders = new Queue<(string Path, int Depth)>([(folder, 0)]);
        for (var looked = 0; folders.TryDequeue(out var next) && looked < MostFolders && files.Count < MostFiles; looked++)
        {
            try
            {
                foreach (var entry in new DirectoryInfo(next.Path).EnumerateFileSystemInfos().Take(MostFiles))
                {
                    if (entry is FileInfo)
                        files.Add(Path.GetRelativePath(folder, entry.FullName).Replace(Path.DirectorySeparatorChar, '/'));
                    else if (next.Depth < Deepest && entry.LinkTarget is null && !IsForeign(entry.Name) && !File.Exists(Path.Combine(entry.FullName, "pyvenv.cfg")))
                        folders.Enqueue((entry.FullName, next.Depth + 1));
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // what may not be read is not looked into
            }
        }

        return files;
    }
}
