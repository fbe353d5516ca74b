using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Experiments.Slurm.Tests.Running;

/// <summary>
/// A real Slurm: a controller and some nodes, all on this machine, with a folder and ports of their own. It ends with the tests, however they end: each daemon has a guard that reads a pipe of this process.
/// </summary>
public sealed class SlurmCluster : IAsyncLifetime
{
    private readonly Dictionary<string, Process> _daemons = new(StringComparer.Ordinal);
    private readonly int _port = FreePorts(Nodes + 1);

    /// <summary>Nodes n1, n2, …</summary>
    public const int Nodes = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The cluster's folder; every process that it starts has it in its environment.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "experiments-slurm-" + Path.GetRandomFileName());

    /// <summary>Variables by which commands reach it.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["SLURM_CONF"] = Path.Combine(Folder, "slurm.conf"),
        [SlurmExecutorOptions.LatencyVariable] = "3",
    };

    /// <summary>Goes on only where Slurm is installed.</summary>
    public static void Needed() => Requirement.Met(
        "slurm", OperatingSystem.IsLinux() && Found("slurmctld") && Found("slurmd") && Found("sbatch") && System.Environment.UserName == "root", "needs Slurm and root: build/ci-setup.sh installs slurmctld, slurmd and slurm-client");

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || !Found("slurmctld") || !Found("slurmd") || System.Environment.UserName != "root")
            return; // each test says so
        foreach (var part in new[] { "state", "log" }.Concat(Enumerable.Range(1, Nodes).Select(node => $"spool-n{node}")))
            Directory.CreateDirectory(Path.Combine(Folder, part));
        await File.WriteAllTextAsync(Path.Combine(Folder, "slurm.conf"), Configuration());
        await File.WriteAllTextAsync(Path.Combine(Folder, "cgroup.conf"), "CgroupPlugin=cgroup/v1\n");
        StartController();
        foreach (var node in Enumerable.Range(1, Nodes))
            StartNode($"n{node}");
        await UntilAsync(async () => (await AskAsync("sinfo", "-h", "-N", "-p", "main", "-o", "%T")).Split('\n').Count(state => state.StartsWith("idle", StringComparison.Ordinal)) == Nodes, "all nodes are idle");
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemons.Count > 0)
            await TryAskAsync("scancel", "--user=root");
        foreach (var name in _daemons.Keys.Order(StringComparer.Ordinal).ToArray())
            Stop(name);
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Starts the controller.</summary>
    public void StartController() => Start("slurmctld", "slurmctld", "-D", "-f", Path.Combine(Folder, "slurm.conf"));

    /// <summary>Starts a node.</summary>
    public void StartNode(string node) => Start(node, "slurmd", "-D", "-f", Path.Combine(Folder, "slurm.conf"), "-N", node);

    /// <summary>Ends a daemon, and all that the guard finds when it is the last.</summary>
    public void Stop(string daemon)
    {
        if (!_daemons.Remove(daemon, out var process))
            return;
        var isLast = _daemons.Count == 0;
        if (!isLast) // its guard would end the jobs of the others with it
        {
            foreach (var child in ChildrenOf(process.Id))
                End(child, isHard: daemon != "slurmctld"); // a controller that is killed forgets which ids of jobs it gave
            process.Kill();
        }

        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>Kills a daemon as <c>kill -9</c> does.</summary>
    public void Kill(string daemon) => Stop(daemon);

    /// <summary>What a command of Slurm answers.</summary>
    public async Task<string> AskAsync(string program, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(program, arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {exitCode} {error}");
    }

    /// <summary>As above, whatever comes of it.</summary>
    public async Task<string> TryAskAsync(string program, params string[] arguments) => (await RunAsync(program, arguments)).Output;

    /// <summary>Waits for something that must come.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (await condition())
                    return;
            }
            catch (InvalidOperationException) when (Stopwatch.GetElapsedTime(began) < Patience)
            {
                // not yet
            }

            if (Stopwatch.GetElapsedTime(began) > Patience)
                Assert.Fail($"In vain waited for: {what}.\n{await TryAskAsync("squeue", "--array")}\n{await TryAskAsync("sinfo", "-N", "-l")}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    private void Start(string name, params string[] command)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "Running", "guard.sh"), Folder, .. command]) { RedirectStandardInput = true };
        foreach (var (variable, value) in Environment)
            start.Environment[variable] = value;
        _daemons[name] = Process.Start(start)!;
    }

    private static IEnumerable<int> ChildrenOf(int process) =>
        File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    private static void End(int process, bool isHard)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            if (isHard)
                running.Kill();
            else
                Process.Start("kill", ["-TERM", process.ToString(CultureInfo.InvariantCulture)])!.WaitForExit();
            running.WaitForExit();
        }
        catch (ArgumentException)
        {
            // it ended by itself
        }
    }

    private static bool Found(string program) =>
        $"{System.Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    /// <summary>The first of several ports in a row that nobody listens on.</summary>
    private static int FreePorts(int count)
    {
        while (true)
        {
            var first = Random.Shared.Next(20000, 32000);
            if (Enumerable.Range(first, count).All(IsFree))
                return first;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Configuration()
    {
        var host = System.Net.Dns.GetHostName().Split('.')[0];
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            ClusterName=tests
            SlurmctldHost={host}(127.0.0.1)
            SlurmUser=root
            AuthType=auth/none
            CredType=cred/none
            AuthInfo=cred_expire=5
            MpiDefault=none
            SlurmctldPort={_port}
            StateSaveLocation={Folder}/state
            SlurmdSpoolDir={Folder}/spool-%n
            SlurmctldPidFile={Folder}/slurmctld.pid
            SlurmdPidFile={Folder}/slurmd-%n.pid
            SlurmctldLogFile={Folder}/log/slurmctld.log
            SlurmdLogFile={Folder}/log/slurmd-%n.log
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            JobAcctGatherType=jobacct_gather/linux
            JobAcctGatherFrequency=1
            JobAcctGatherParams=OverMemoryKill
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core_Memory
            SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1,bf_interval=1,requeue_delay=0
            SlurmdParameters=config_overrides
            SlurmctldTimeout=10
            SlurmdTimeout=6
            MessageTimeout=5
            KillWait=2
            ReturnToService=2
            MinJobAge=300
            MaxArraySize=6
            PreemptType=preempt/partition_prio
            PreemptMode=REQUEUE
            PartitionName=main Nodes=ALL Default=YES PriorityTier=1
            PartitionName=first Nodes=ALL PriorityTier=9
            PartitionName=forced Nodes=ALL OverSubscribe=FORCE:4

            """);
        return text + string.Concat(Enumerable.Range(1, Nodes).Select(node => string.Create(
            CultureInfo.InvariantCulture, $"NodeName=n{node} NodeHostname={host} NodeAddr=127.0.0.1 Port={_port + node} CPUs=16 CoresPerSocket=16 RealMemory=16000\n")));
    }
}
