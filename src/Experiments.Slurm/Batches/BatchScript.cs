using System.Globalization;
using System.Text;
using Experiments.Processes.Launching;

namespace Experiments.Slurm.Batches;

/// <summary>
/// The text of a batch's script. Pure. It writes down when it starts and how it ends, whoever ends it, and runs the lines of setup in the shell that starts the runner, so that what they export lasts.
/// </summary>
internal static class BatchScript
{
    private const long Mebibyte = 1 << 20;

    /// <summary>The script.</summary>
    /// <param name="request">What it follows from.</param>
    public static string Of(BatchRequest request)
    {
        var settings = request.Settings;
        var script = new StringBuilder("#!/bin/bash\n");
        Option("--job-name", request.JobName);
        Option("--array", Text($"0-{request.Tasks - 1}") + (settings.ArrayParallelism is { } most ? Text($"%{most}") : ""));
        Option("--output", Escaped(request.Folder.Logs) + "/%a.log");
        script.Append("#SBATCH --open-mode=append\n#SBATCH --requeue\n");
        Option("--partition", settings.Partition);
        Option("--account", settings.Account);
        Option("--constraint", settings.Constraint);
        Option("--gres", settings.Gres);
        Option("--cpus-per-task", settings.Cpus is { } cores ? Text($"{cores}") : null);
        Option("--mem", request.MemoryBytes is { } bytes ? Text($"{(bytes + Mebibyte - 1) / Mebibyte}M") : null);
        Option("--time", Text($"{(int)request.Time.TotalMinutes}"));
        if (request.IsExclusive)
            script.Append("#SBATCH --exclusive\n");
        foreach (var option in settings.Extra)
            script.Append("#SBATCH ").Append(option).Append('\n');
        script.Append("# Made by experiments: each job runs the trials that batch.json gives its index, and says in files beside it how that goes.\n");
        script.Append("batch=").Append(ShellText.Quote(request.Folder.Path)).Append("\nfolder=").Append(ShellText.Quote(request.WorkingFolder)).Append('\n');
        script.Append("""
            task=$SLURM_ARRAY_TASK_ID
            attempt=${SLURM_RESTART_COUNT:-0}
            asked=false
            stage=folder
            say() {
              printf '%s\n' "$2" > "$batch/.$task.$attempt.$1" && mv -f "$batch/.$task.$attempt.$1" "$batch/$task.$attempt.$1"
            }
            over() {
              status=$?
              trap - EXIT
              say end "{\"status\":$status,\"stage\":\"$stage\",\"asked\":$asked,\"at\":\"$(date -u +%FT%TZ)\"}"
              exit $status
            }
            trap 'asked=true' TERM
            trap over EXIT
            echo "experiments: attempt $attempt of task $task on ${SLURMD_NODENAME:-$HOSTNAME}"
            say start "{\"node\":\"${SLURMD_NODENAME:-$HOSTNAME}\",\"job\":\"$SLURM_ARRAY_JOB_ID\",\"at\":\"$(date -u +%FT%TZ)\"}" || exit 74
            cd -- "$folder" || exit 1

            """);
        foreach (var (index, line) in settings.Setup.Index())
            script.Append(CultureInfo.InvariantCulture, $"stage=setup:{index}\n{line}\n[ $? -eq 0 ] || exit 1\n");
        script.Append("stage=runner\n").Append(ShellText.Line(request.Runner)).Append(" --batch \"$batch\" --task \"$task\" --attempt \"$attempt\" < /dev/null\n");
        return script.ToString();

        void Option(string name, string? value)
        {
            if (value is not null)
                script.Append("#SBATCH ").Append(name).Append('=').Append(Quoted(value)).Append('\n');
        }
    }

    /// <summary>Slurm reads <c>%</c> in a file's name as the beginning of a placeholder.</summary>
    private static string Escaped(string path) => path.Replace("%", "%%", StringComparison.Ordinal);

    private static string Quoted(string value) => value.Any(char.IsWhiteSpace) ? $"\"{value}\"" : value;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
