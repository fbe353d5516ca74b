using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Processes.Kernel;

namespace Experiments.Processes.Launching;

/// <summary>
/// What a process that this program starts has from this program's caller, where the runtime changed it for this program, or a shell between them would.
/// </summary>
/// <param name="OpenFiles">The soft limit of open files; null: as it is here.</param>
/// <param name="BlockedSignals">Numbers of the signals that are blocked, with commas between; empty: none.</param>
/// <param name="InputFile">What to open as standard input; empty: the input as it is here; null: none, since it is closed or a terminal.</param>
internal sealed partial record CallerState(long? OpenFiles, string BlockedSignals, string? InputFile)
{
    /// <summary>By number: the child closes its own before it opens another.</summary>
    private static readonly string OwnInput = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/0");

    /// <summary>This program's. It is read once, while the caller is there.</summary>
    internal static CallerState Own { get; } = OperatingSystem.IsLinux() ? Read() : new CallerState(null, "", "");

    /// <summary>
    /// The caller's soft limit of open files. The runtime raises the own to the hard one when it starts, and nothing tells what it was; the caller still has it. A caller
    /// that has become this program (<c>exec</c>) is asked in vain: then the limit stays raised.
    /// </summary>
    /// <param name="own">The limits here.</param>
    /// <param name="callers">The limits of the nearest process above this one that is none of .NET; null where there is none.</param>
    internal static long? OpenFilesOf((long Soft, long Hard)? own, (long Soft, long Hard)? callers) =>
        own is { } here && here.Soft == here.Hard && callers is { } there && there.Soft < here.Hard ? there.Soft : null;

    /// <summary>The soft and the hard limit of open files in a text of <c>/proc/PID/limits</c>; null where it has none.</summary>
    /// <param name="text">The text.</param>
    internal static (long Soft, long Hard)? OpenFilesIn(string text) =>
        OpenFilesLine().Match(text) is { Success: true } match ? (Number(match.Groups["soft"].Value), Number(match.Groups["hard"].Value)) : null;

    /// <summary>The signals in a mask of <c>/proc/PID/status</c>, those that a program can block.</summary>
    /// <param name="text">The text.</param>
    internal static string BlockedIn(string text) => BlockedLine().Match(text) is { Success: true } match
        ? string.Join(',', SignalsOf(ulong.Parse(match.Groups["mask"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)))
        : "";

    /// <summary>The words before the program that give it what the shell would take: blocked signals, and variables whose names no shell has.</summary>
    /// <param name="request">The process.</param>
    internal IEnumerable<string> Restoring(LaunchRequest request)
    {
        string[] variables = [.. request.Environment.Where(variable => !ShellName().IsMatch(variable.Key)).Select(variable => $"{variable.Key}={variable.Value}")];
        if ((variables.Length == 0 && BlockedSignals.Length == 0) || request.Program.Contains('=', StringComparison.Ordinal) || !File.Exists("/usr/bin/env"))
            return [];
        return ["/usr/bin/env", .. BlockedSignals.Length > 0 ? new[] { $"--block-signal={BlockedSignals}" } : [], .. variables];
    }

    private static CallerState Read() => new(
        OpenFilesOf(OpenFilesIn(Text("/proc/self/limits")), Caller() is { } caller ? OpenFilesIn(Text($"/proc/{caller}/limits")) : null),
        BlocksSignals() ? BlockedIn(Text("/proc/self/status")) : "",
        Input());

    /// <summary>The nearest process above this one that does not run on .NET, whose runtime would have raised its limit too.</summary>
    private static int? Caller()
    {
        for (var stat = ProcStat.Read(Environment.ProcessId); stat is { Parent: > 0 and var parent }; stat = ProcStat.Read(parent))
        {
            if (!Text($"/proc/{parent}/maps").Contains("/libcoreclr.so", StringComparison.Ordinal))
                return parent;
        }

        return null;
    }

    /// <summary>Whether <c>env</c> can block signals: that of the GNU coreutils since 8.31.</summary>
    private static bool BlocksSignals() => File.Exists("/usr/bin/env") && !OperatingSystem.IsMacOS() && File.ResolveLinkTarget("/usr/bin/env", true)?.Name is null or "coreutils";

    /// <summary>The whole text; empty where it may not be read, or its process is gone.</summary>
    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string? Input()
    {
        try
        {
            if (NativeMethods.IsTerminal(0) == 1 || File.ResolveLinkTarget(OwnInput, false) is not { } target)
                return null;
            if (!File.Exists(target.FullName))
                return ""; // a pipe, a socket
            using var readable = File.OpenHandle(OwnInput);
            return OwnInput;
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return ""; // it was handed over, but may not be opened anew
        }
    }

    private static IEnumerable<int> SignalsOf(ulong mask) => Enumerable.Range(1, 64).Where(signal => (mask >> (signal - 1) & 1) == 1 && signal is not (9 or 19 or 32 or 33));

    private static long Number(string text) => text == "unlimited" ? long.MaxValue : long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Max open files\s+(?<soft>\d+|unlimited)\s+(?<hard>\d+|unlimited)", RegexOptions.Multiline)]
    private static partial Regex OpenFilesLine();

    [GeneratedRegex(@"^SigBlk:\s*(?<mask>[0-9a-f]+)", RegexOptions.Multiline)]
    private static partial Regex BlockedLine();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex ShellName();
}
