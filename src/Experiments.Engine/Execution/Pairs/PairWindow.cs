using Experiments.Core.Pairs;

namespace Experiments.Engine.Execution.Pairs;

/// <summary>When a side ran.</summary>
/// <param name="Side">The side.</param>
/// <param name="Block">The block.</param>
/// <param name="From">When the kernel had confirmed that it goes on, Unix time in seconds.</param>
/// <param name="To">When the kernel was asked to stop it.</param>
internal sealed record PairWindow(PairSide Side, int Block, double From, double To);
