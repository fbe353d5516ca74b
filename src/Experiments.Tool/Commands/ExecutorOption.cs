using System.CommandLine;
using Experiments.Core.Definitions;

namespace Experiments.Tool.Commands;

/// <summary><c>--executor local|slurm</c>.</summary>
internal sealed class ExecutorOption : Option<string?>
{
    public ExecutorOption()
        : base("--executor")
    {
        Description = "Where trials run: on this machine or as Slurm jobs; default: as the definition says.";
        AcceptOnlyFromAmong(ExecutorChoice.Local, ExecutorChoice.Slurm);
    }
}
