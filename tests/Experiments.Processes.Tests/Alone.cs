namespace Experiments.Processes.Tests;

/// <summary>
/// Tests beside which no other may run: they look at what the whole machine shares (memory without a control group), or detach daemons that
/// this program, the subreaper of all its tests, would take for another trial's.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;
