using Experiments.Core.Diagnostics;
using Experiments.PyTorch.Diagnosis;
using Experiments.PyTorch.Tests.Running;
using Xunit.Sdk;

namespace Experiments.PyTorch.Tests.Diagnosis;

/// <summary>A script that fails, or is slow, for a known reason.</summary>
public sealed record ProvokedFailure : IXunitSerializable
{
    /// <summary>The script and its arguments.</summary>
    public string Command { get; private set; } = "";

    /// <summary>The code that must be named first; empty: none, since there is no cause to tell.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The memory limit of the script's cgroup; 0: none.</summary>
    public long MemoryBytes { get; private set; }

    /// <summary>Size of <c>/dev/shm</c> in MiB; 0: the machine's own.</summary>
    public int SharedMegabytes { get; private set; }

    /// <summary>Whether the script hangs and has to be ended.</summary>
    public bool Hangs { get; private set; }

    /// <summary>Words that the remedy must have, with <c>|</c> between; empty: any.</summary>
    public string Remedy { get; private set; } = "";

    internal static ProvokedFailure Of(string command, DiagnosticRule? cause, string remedy = "") => new() { Command = command, Code = cause?.Code ?? "", Remedy = remedy };

    internal ProvokedFailure InMemory(long bytes) => this with { MemoryBytes = bytes };

    internal ProvokedFailure InSharedMemory(int megabytes) => this with { SharedMegabytes = megabytes };

    internal ProvokedFailure ThatHangs() => this with { Hangs = true };

    void IXunitSerializable.Deserialize(IXunitSerializationInfo info)
    {
        Command = info.GetValue<string>(nameof(Command))!;
        Code = info.GetValue<string>(nameof(Code))!;
        MemoryBytes = info.GetValue<long>(nameof(MemoryBytes));
        SharedMegabytes = info.GetValue<int>(nameof(SharedMegabytes));
        Hangs = info.GetValue<bool>(nameof(Hangs));
        Remedy = info.GetValue<string>(nameof(Remedy))!;
    }

    void IXunitSerializable.Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(Command), Command);
        info.AddValue(nameof(Code), Code);
        info.AddValue(nameof(MemoryBytes), MemoryBytes);
        info.AddValue(nameof(SharedMegabytes), SharedMegabytes);
        info.AddValue(nameof(Hangs), Hangs);
        info.AddValue(nameof(Remedy), Remedy);
    }

    /// <inheritdoc/>
    public override string ToString() => Command + (MemoryBytes > 0 ? " in a memory group" : "");

    internal async Task<IReadOnlyList<TrialDiagnosis>> DiagnoseAsync()
    {
        using var group = MemoryBytes > 0 ? await MakeGroupAsync(MemoryBytes) : null;
        if (SharedMegabytes > 0)
            await Privileges.RequireMountsAsync();
        var words = Command.Split(' ');
        var result = await ScriptRunner.RunAsync(new ScriptRun
        {
            Script = words[0],
            Arguments = words[1..],
            StallTimeout = Hangs ? TimeSpan.FromSeconds(4) : null,
            Shell = group?.Shell ?? (SharedMegabytes > 0
                ? $"exec unshare -m sh -c 'mount -t tmpfs -o size={SharedMegabytes}m tmpfs /dev/shm && exec \"$@\"' sh \"$@\""
                : null),
        });
        return TrialDiagnoser.Diagnose(new TrialEvidence
        {
            ExitCode = result.ExitCode,
            Signal = result.Signal,
            OomKills = group?.OomKills ?? 0,
            StandardErrorTail = result.Error,
            Record = result.Record,
            StalledFor = result.StalledFor,
            Command = result.Command,
            ArgumentTemplates = [.. words[1..].Select(word => word == "3" ? "{num_workers}" : word)],
            UsableCores = 32, // of whatever machine, so that only the causes provoked are there to be named
        });
    }

    private static async Task<MemoryGroup> MakeGroupAsync(long bytes)
    {
        await Privileges.RequireMemoryGroupsAsync();
        return new MemoryGroup(bytes);
    }
}
