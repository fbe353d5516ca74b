namespace Experiments.Core.Results;

/// <summary>MLflow's keys of what is measured. The unit stands in the key.</summary>
public static class MetricKeys
{
    /// <summary>Throughput over the measured steps; the primary metric.</summary>
    public const string SamplesPerSecond = "samples_per_second";

    /// <summary>How many steps <see cref="SamplesPerSecond"/> is drawn from.</summary>
    public const string MeasuredSteps = "measured_steps";

    /// <summary>How long those steps took together.</summary>
    public const string MeasuredSeconds = "measured_seconds";

    /// <summary>Throughput over whole epochs, as the training feels it: start and end of the workers and the last step of each epoch included, evaluation excluded. Absent where no epoch was whole.</summary>
    public const string EpochSamplesPerSecond = "epoch/samples_per_second";

    /// <summary>Samples of a whole epoch.</summary>
    public const string EpochSamples = "epoch/samples";

    /// <summary>What an epoch takes beyond its samples at the steady rate, in seconds: the start and the end of its workers, mostly.</summary>
    public const string EpochOverheadSeconds = "epoch/overhead_seconds";

    /// <summary>Median time of a step.</summary>
    public const string StepMillisecondsP50 = "step_ms_p50";

    /// <summary>95th percentile of the time of a step.</summary>
    public const string StepMillisecondsP95 = "step_ms_p95";

    /// <summary>Median wait for a batch.</summary>
    public const string WaitMillisecondsP50 = "loader/wait_ms_p50";

    /// <summary>95th percentile of the wait for a batch.</summary>
    public const string WaitMillisecondsP95 = "loader/wait_ms_p95";

    /// <summary>Share of the measured time spent waiting for batches, 0 to 1.</summary>
    public const string WaitFraction = "loader/wait_fraction";

    /// <summary>From asking the loader to the first batch.</summary>
    public const string TimeToFirstBatchMilliseconds = "loader/time_to_first_batch_ms";

    /// <summary>What one worker holds besides the batches that it has made ready, MiB; the loader's own account, with PyTorch the median of all looks at all workers.</summary>
    public const string LoaderWorkerMegabytes = "loader/worker_megabytes";

    /// <summary>The largest batch seen, MiB; the loader's own account.</summary>
    public const string LoaderBatchMegabytes = "loader/batch_megabytes";

    /// <summary>Batches that each further worker loads ahead; 0 where the number of workers does not multiply them.</summary>
    public const string LoaderPrefetchFactor = "loader/prefetch_factor";

    /// <summary>Batches of an epoch: no more than these are ever ahead.</summary>
    public const string LoaderEpochBatches = "loader/epoch_batches";

    /// <summary>Training loss.</summary>
    public const string TrainLoss = "train/loss";

    /// <summary>Training accuracy, 0 to 1.</summary>
    public const string TrainAccuracy = "train/accuracy";

    /// <summary>Accuracy on the dev split, 0 to 1.</summary>
    public const string DevAccuracy = "dev/accuracy";

    /// <summary>Peak of anonymous + shared memory of the whole process tree, MiB; page cache apart.</summary>
    public const string MemoryPeakMegabytes = "memory/peak_megabytes";

    /// <summary>The peak that was foreseen before the trial ran, MiB; see <see cref="MemoryForecast"/>.</summary>
    public const string MemoryForeseenPeakMegabytes = "memory/foreseen_peak_megabytes";

    /// <summary>Peak of the summed resident sets, MiB; counts shared pages once for each process.</summary>
    public const string MemoryPeakRssMegabytes = "memory/peak_rss_megabytes";

    /// <summary>Shared memory at the peak, MiB.</summary>
    public const string MemorySharedMegabytes = "memory/shared_megabytes";

    /// <summary>What was free of /dev/shm when least was, MiB: workers of PyTorch hand batches over there.</summary>
    public const string MemorySharedFreeMegabytes = "memory/shared_free_megabytes";

    /// <summary>Page cache at the peak, MiB; not part of the peak.</summary>
    public const string MemoryPageCacheMegabytes = "memory/page_cache_megabytes";

    /// <summary>Upper bound of the peak, MiB, by the kernel's counters, which see the shortest spike: a control group's counts page cache too, macOS's are the peaks of each process.</summary>
    public const string MemoryPeakBoundMegabytes = "memory/peak_bound_megabytes";

    /// <summary>Growth over the measured steps, MiB a step.</summary>
    public const string MemoryGrowthMegabytesPerStep = "memory/growth_megabytes_per_step";

    /// <summary>The lower end of its 99 % confidence interval.</summary>
    public const string MemoryGrowthLowMegabytesPerStep = "memory/growth_low_megabytes_per_step";

    /// <summary>The upper end of its 99 % confidence interval.</summary>
    public const string MemoryGrowthHighMegabytesPerStep = "memory/growth_high_megabytes_per_step";

    /// <summary>
    /// Peak of the trial's GPU memory as the driver counts it, MiB: contexts and what the allocator keeps included. What PyTorch's allocator itself gave out is
    /// <c>memory/gpu_allocated_peak_megabytes</c>.
    /// </summary>
    public const string MemoryGpuPeakMegabytes = "memory/gpu_peak_megabytes";

    /// <summary>Mean share of time in which any kernel ran on the trial's GPUs, 0 to 100; not how full they were.</summary>
    public const string GpuUtilizationPercentage = "gpu/utilization_percentage";

    /// <summary>Mean power of each of the trial's GPUs.</summary>
    public const string GpuPowerWatts = "gpu/power_watts";

    /// <summary>Highest temperature of the trial's GPUs.</summary>
    public const string GpuTemperatureCelsius = "gpu/temperature_celsius";

    /// <summary>Share of readings in which a GPU's clocks were lowered by power, heat or protection, 0 to 1.</summary>
    public const string GpuThrottledFraction = "gpu/throttled_fraction";

    /// <summary>CPU time of the tree over wall time, 100 for one core.</summary>
    public const string CpuUtilizationPercentage = "cpu/utilization_percentage";

    /// <summary>Context switches of the tree a second.</summary>
    public const string CpuContextSwitchesPerSecond = "cpu/context_switches_per_second";

    /// <summary>Context switches of the tree a second because a process's time was up: more work than cores.</summary>
    public const string CpuInvoluntarySwitchesPerSecond = "cpu/involuntary_context_switches_per_second";

    /// <summary>
    /// CPU time of the tree for each sample, from the first measured step to the last, in seconds; what the training does between its steps is in it, its start is not. Linux only; absent where that took less
    /// than a second.
    /// </summary>
    public const string CpuSecondsPerSample = "cpu/seconds_per_sample";

    /// <summary>CPU time of the tree in user code.</summary>
    public const string CpuUserSeconds = "cpu/user_seconds";

    /// <summary>CPU time of the tree in the kernel.</summary>
    public const string CpuSystemSeconds = "cpu/system_seconds";

    /// <summary>
    /// Share of the machine's CPU time that others than the trial took while it ran, the hypervisor's part included, 0 to 100 for all cores together. Machine-wide, in a
    /// container the host's; the kernel's own work and the engine are in it. Linux only; absent where the trial took less than half a second.
    /// </summary>
    public const string CpuOtherPercentage = "cpu/other_percentage";

    /// <summary>
    /// Share of the machine's CPU time that the hypervisor gave to other virtual machines while this one had work, 0 to 100 for all cores together. Linux only; absent where the trial took less than half a second.
    /// </summary>
    public const string CpuStolenPercentage = "cpu/stolen_percentage";

    /// <summary>Share of the trial's time in which some task waited for a core, 0 to 1; whose tasks, <see cref="TelemetrySummary.PressureMethod"/> tells.</summary>
    public const string PressureCpuSomeFraction = "pressure/cpu_some_fraction";

    /// <summary>Share of the trial's time in which some task waited for memory, 0 to 1: reclaim, swapping, pages that were dropped and are read again.</summary>
    public const string PressureMemorySomeFraction = "pressure/memory_some_fraction";

    /// <summary>Share of the trial's time in which all tasks that were not idle waited for memory, 0 to 1.</summary>
    public const string PressureMemoryFullFraction = "pressure/memory_full_fraction";

    /// <summary>Share of the trial's time in which some task waited for storage, 0 to 1.</summary>
    public const string PressureIoSomeFraction = "pressure/io_some_fraction";

    /// <summary>Share of the trial's time in which all tasks that were not idle waited for storage, 0 to 1.</summary>
    public const string PressureIoFullFraction = "pressure/io_full_fraction";

    /// <summary>Page faults of the tree that read from disk.</summary>
    public const string MemoryMajorFaults = "memory/major_faults";

    /// <summary>Page faults of the tree without reading from disk.</summary>
    public const string MemoryMinorFaults = "memory/minor_faults";

    /// <summary>Read from disk by the tree, MiB; what the page cache held is not in it.</summary>
    public const string DiskReadMegabytes = "disk/read_megabytes";

    /// <summary>Written to disk by the tree, MiB.</summary>
    public const string DiskWrittenMegabytes = "disk/written_megabytes";

    /// <summary>Read by the tree's calls, MiB: files, cached or not, pipes and sockets; mapped files are not in it.</summary>
    public const string IoReadMegabytes = "io/read_megabytes";

    /// <summary>Written by the tree's calls, MiB: files, pipes and sockets; mapped files are not in it.</summary>
    public const string IoWrittenMegabytes = "io/written_megabytes";

    /// <summary>Wall time of the trial in seconds.</summary>
    public const string DurationSeconds = "duration_seconds";
}
