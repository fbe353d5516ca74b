using System.Globalization;
using Experiments.Core.Pairs;

namespace Experiments.Engine.Execution.Pairs;

/// <summary>
/// Runs two trials side by side, of which one is stopped while the other runs, in turns of a fifth of a second and more: what else the machine does meets both. Each side has an
/// executor of its own, with its own limits, folder and watchdog.
/// </summary>
/// <param name="old">Runs what is compared with.</param>
/// <param name="other">Runs what is asked about.</param>
public sealed class PairExecutor(LocalExecutor old, LocalExecutor other)
{
    private const int StepsOfTurn = 24; // 20 and those that the stops cut
    private const int MostTurnsWithoutSteps = 6;
    private static readonly TimeSpan ShortestTurn = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(15);

    /// <summary>Starts both sides, warms both up, and lets them run in turns.</summary>
    /// <param name="order">The trials.</param>
    /// <param name="isEnough">Asked after each block with all that is measured of this start so far.</param>
    /// <param name="cancellationToken">Ends both.</param>
    /// <returns>What was measured; where a side ended by itself, with the reason.</returns>
    public async Task<PairRound> RunAsync(PairOrder order, Func<PairRound, bool> isEnough, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var random = new Random(order.Seed);
        PairSideRun[] sides = [new(PairSide.Old, old, order.Old), new(PairSide.New, other, order.New)];
        var windows = new List<PairWindow>();
        var (round, first) = (new PairRound { Slices = [] }, order.StartsFirst);
        try
        {
            foreach (var side in From(order.StartsFirst))
                await side.StartAsync(order.WarmupSteps, stop.Token).ConfigureAwait(false);
            var turn = Turn(sides);
            foreach (var side in sides)
                side.MarkCpu();
            for (var block = 0; !stop.IsCancellationRequested && sides.All(side => side.IsRunning); block++)
            {
                first = block % 2 == 0 ? (PairSide)random.Next(2) : Other(first); // ABBA or BAAB
                foreach (var side in From(first))
                {
                    if (await side.RunAsync(block, turn, stop.Token).ConfigureAwait(false) is { } window)
                        windows.Add(window);
                }

                foreach (var side in sides)
                    side.Read();
                round = Measured(sides, windows);
                if (round.Slices.Count >= MostTurnsWithoutSteps && round.Slices.All(slice => slice.Steps == 0))
                    return round with { Fault = string.Create(CultureInfo.InvariantCulture, $"no whole step in turns of {turn.TotalSeconds:0.0} s") };
                if (isEnough(round))
                    break;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (var side in sides)
                await side.EndAsync().ConfigureAwait(false);
        }

        foreach (var side in sides)
            side.Read();
        return Measured(sides, windows) with
        {
            HasFailed = sides.Any(side => side.HasFailed),
            Fault = sides.OrderByDescending(side => side.HasFailed).Select(side => side.Fault).FirstOrDefault(fault => fault is not null),
        };

        PairSideRun[] From(PairSide side) => [sides[(int)side], sides[(int)Other(side)]];
    }

    private static PairSide Other(PairSide side) => side == PairSide.Old ? PairSide.New : PairSide.Old;

    private static TimeSpan Turn(PairSideRun[] sides)
    {
        var turn = TimeSpan.FromSeconds(StepsOfTurn * sides.Max(side => side.StepSeconds));
        return turn < ShortestTurn ? ShortestTurn : turn > LongestTurn ? LongestTurn : turn;
    }

    private static PairRound Measured(PairSideRun[] sides, List<PairWindow> windows) => new()
    {
        Slices = [.. windows.Select(window => sides[(int)window.Side].Slice(window))],
        OldCpuSeconds = sides[(int)PairSide.Old].CpuSecondsOfSample,
        Freezing = sides[0].Freezing,
        NewCpuSeconds = sides[(int)PairSide.New].CpuSecondsOfSample,
    };
}
