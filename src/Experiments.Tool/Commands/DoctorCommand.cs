using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Core.Results;
using Experiments.Engine.Machines;
using Experiments.Tool.Doctor;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments doctor</c>.</summary>
internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var output = new OutputOption();
        var command = new Command("doctor", """
            Says what this machine has, what is not measured for the lack of something, and what mends it. Looks at cores and quota, memory,
            control groups, /dev/shm, GPU, PyTorch, TorchSharp, MLflow and Slurm.

            Examples:
              experiments doctor
              MLFLOW_TRACKING_URI=http://mlflow:5000 experiments doctor --output json
            """) { output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var machine = MachineCapabilities.Read();
            Finding[] findings =
            [
                .. MachineFindings.Of(machine),
                await TrainingFindings.PyTorchAsync(cancellationToken).ConfigureAwait(false),
                await TrainingFindings.TorchSharpAsync(machine.NoGpu is null, cancellationToken).ConfigureAwait(false),
                await ServiceFindings.MlflowAsync(cancellationToken).ConfigureAwait(false),
                await SlurmFindings.FindAsync(cancellationToken).ConfigureAwait(false),
            ];
            if (output.IsJson(parsed))
                parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(findings, Json));
            else
                Write(findings, parsed.InvocationConfiguration.Output);
            return ExitCodes.Pass;
        });
        return command;
    }

    private static void Write(IReadOnlyCollection<Finding> findings, TextWriter output)
    {
        var width = findings.Max(finding => finding.Subject.Length);
        var indent = new string(' ', width + 4);
        foreach (var finding in findings)
        {
            output.WriteLine($"{(finding.Remedy is null ? "✓" : "!")} {finding.Subject.PadRight(width)}  {finding.Found}");
            if (finding.Remedy is null)
                continue;
            output.WriteLine($"{indent}without it: {finding.Consequence}");
            output.WriteLine($"{indent}remedy: {finding.Remedy}");
        }
    }
}
