using Experiments.Tool;

return await CommandProcess.RunAsync(args).ConfigureAwait(false);
