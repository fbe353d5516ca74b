using Experiments.Core.Results;
using Experiments.Tool.Commands;

var parsed = ExperimentsCommand.Create().Parse(args);
var exitCode = await parsed.InvokeAsync(new() { ProcessTerminationTimeout = null }).ConfigureAwait(false);
return parsed.Errors.Count > 0 ? ExitCodes.BadUsage : exitCode;
