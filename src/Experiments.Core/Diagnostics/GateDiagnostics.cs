namespace Experiments.Core.Diagnostics;

/// <summary>EXP2xxx: gates that failed or could not be judged.</summary>
public static class GateDiagnostics
{
    /// <summary>Peak memory is above its gate.</summary>
    public static DiagnosticRule PeakMemory { get; } =
        new("EXP2001", "Peak memory exceeds its gate", "Lower num_workers, prefetch_factor or batch_size, or raise gates.peak_memory if the use is wanted.");

    /// <summary>Peak memory grew over the baseline by more than its gate allows.</summary>
    public static DiagnosticRule PeakMemoryIncrease { get; } =
        new("EXP2002", "Peak memory grew over the baseline", "Find what is held longer than before, or accept a new baseline with a reason.");

    /// <summary>Throughput fell below the baseline by more than its gate allows.</summary>
    public static DiagnosticRule ThroughputRegression { get; } =
        new("EXP2003", "Throughput regressed against the baseline", "Compare the commits named, or accept a new baseline with a reason.");

    /// <summary>Memory grows from step to step.</summary>
    public static DiagnosticRule MemoryGrowth { get; } =
        new("EXP2004", "Memory grows from step to step", "Look for what each step keeps: tensors, batches, lists of losses.");

    /// <summary>There is no baseline to compare with.</summary>
    public static DiagnosticRule MissingBaseline { get; } =
        new("EXP2005", "No baseline to compare with", "Accept one with experiments baseline accept, or set gates.throughput.allow_missing_baseline: true.");

    /// <summary>The baseline was measured on another machine.</summary>
    public static DiagnosticRule OtherMachine { get; } =
        new("EXP2006", "The baseline is another machine's", "Accept a baseline on this machine; results of different machines are not compared.");

    /// <summary>What a gate needs was not measured.</summary>
    public static DiagnosticRule GateNotMeasured { get; } =
        new("EXP2007", "What the gate needs was not measured", "See the trial's telemetry for the reason, or remove the gate.");

    /// <summary>The measurements do not tell whether throughput regressed.</summary>
    public static DiagnosticRule Inconclusive { get; } =
        new("EXP2008", "The measurements do not tell", "Measure more repeats, as many as the message says, or make the machine quieter.");

    /// <summary>A regression as large as the gate forbids could have gone unseen.</summary>
    public static DiagnosticRule BlindGate { get; } =
        new("EXP2009", "The gate is finer than the measurement", "Measure more repeats, or widen gates.throughput.max_regression.");

    /// <summary>The machine slowed down, not the code.</summary>
    public static DiagnosticRule EnvironmentChanged { get; } =
        new("EXP2010", "The machine changed while it was measured", "Run the sweep again on a quiet machine.");

    /// <summary>The training waits for its data longer than its gate allows.</summary>
    public static DiagnosticRule DataStall { get; } =
        new("EXP2011", "The training waits for its data", "Raise num_workers or prefetch_factor, or make the dataset cheaper to load.");

    /// <summary>The accelerator computes for a smaller share of the time than its gate asks for.</summary>
    public static DiagnosticRule AcceleratorUtilization { get; } =
        new("EXP2012", "The accelerator is kept waiting", "Raise num_workers or prefetch_factor, pin memory, or make the dataset cheaper to load.");

    /// <summary>The history shows a change or a slow drift.</summary>
    public static DiagnosticRule Trend { get; } =
        new("EXP2013", "The history shows a lasting slowdown", "Compare the commits named; a known change can be suppressed with a reason and an expiry date.");

    /// <summary>A sweep is not accepted as the baseline.</summary>
    public static DiagnosticRule NotAccepted { get; } =
        new("EXP2015", "The sweep is not accepted as the baseline", "Mend what the message names and run the whole sweep again; where it is right as it is, say why with --reason. After a change of the gates, judge the sweep again: experiments gate.");

    /// <summary>The machine is the baseline's, but its software is not.</summary>
    public static DiagnosticRule SoftwareChanged { get; } =
        new("EXP2016", "The machine's software changed since the baseline", "Where the change explains a difference, accept a new baseline; the two are compared all the same.");

    /// <summary>Trials were measured for less than 3 s.</summary>
    public static DiagnosticRule ShortMeasurement { get; } =
        new("EXP2023", "Too little was measured", "Write the steps line that the message has, or let the training run longer: in less than 3 s one pause of the machine decides the throughput.");

    /// <summary>Others used the machine while trials ran.</summary>
    public static DiagnosticRule BusyMachine { get; } =
        new("EXP2024", "Others used the machine during the sweep", "End what else runs there, or run the sweep at another time; cpu/other_percentage has the share of each trial.");

    /// <summary>Today's code is slower than the old code that the gate names.</summary>
    public static DiagnosticRule SlowerThanOldCode { get; } =
        new("EXP2025", "The code is slower than the old one", "experiments bisect FILE --good REVISION finds the commit; experiments compare FILE --against REVISION measures the pair again.");

    /// <summary>Old code could not be compared with.</summary>
    public static DiagnosticRule PairNotMeasured { get; } =
        new("EXP2026", "The old code was not compared with", "Mend what the message names; train.setup builds the old code, train.share names what it needs that is not in git.");

    /// <summary>The shards of a sweep ran on several machines.</summary>
    public static DiagnosticRule SeveralMachines { get; } =
        new("EXP2027", "The shards ran on several machines", "Run all shards on machines of one kind, or hold the code against old code, which any machine can: gates.throughput.against.");

    /// <summary>Peak GPU memory is above its gate.</summary>
    public static DiagnosticRule GpuMemory { get; } =
        new("EXP2028", "Peak GPU memory exceeds its gate", "Lower batch_size, or raise gates.gpu_memory if the use is wanted.");

    /// <summary>Peak GPU memory grew over the baseline by more than its gate allows.</summary>
    public static DiagnosticRule GpuMemoryIncrease { get; } =
        new("EXP2029", "Peak GPU memory grew over the baseline", "Find what is held longer than before, or accept a new baseline with a reason.");

    /// <summary>A metric is above or below its gate.</summary>
    public static DiagnosticRule MetricBound { get; } =
        new("EXP2030", "A metric is beyond its gate", "Find what moved it, or change its bound under gates.metrics if the value is wanted.");

    /// <summary>A metric moved from the baseline by more than its gate allows.</summary>
    public static DiagnosticRule MetricChange { get; } =
        new("EXP2031", "A metric moved from the baseline", "Compare the commits named, or accept a new baseline with a reason.");

    /// <summary>The baseline does not hold what a gate compares with it: it was accepted before that was measured.</summary>
    public static DiagnosticRule BaselineLacksMetric { get; } =
        new("EXP2032", "The baseline lacks what a gate compares with", "Accept a later sweep, which has it, with experiments baseline accept, or set gates.throughput.allow_missing_baseline: true.");

    /// <summary>Trials of one sweep ran with different code.</summary>
    public static DiagnosticRule SeveralCodes { get; } =
        new("EXP2033", "The sweep is of more than one code", "Run the whole sweep anew before its figures are compared or accepted.");

    /// <summary>Planned trials did not run.</summary>
    public static DiagnosticRule Incomplete { get; } =
        new("EXP2014", "Planned trials did not run", "Continue the sweep: experiments resume.");
}
