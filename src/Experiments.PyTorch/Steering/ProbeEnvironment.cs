namespace Experiments.PyTorch.Steering;

/// <summary>The environment variables by which a trial's Python process finds and obeys the probe.</summary>
public static class ProbeEnvironment
{
    /// <summary>What to add to the trial's environment. The run contract's own variables are the engine's.</summary>
    /// <param name="settings">What the probe is asked to do.</param>
    /// <param name="pythonPath">The <c>PYTHONPATH</c> that the trial would have without the probe; null where unset.</param>
    /// <param name="probeFolder">Where the probe is; null: <see cref="ProbeFolder.Path"/>.</param>
    public static IReadOnlyDictionary<string, string> Of(ProbeSettings settings, string? pythonPath, string? probeFolder = null)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PYTHONPATH"] = ComposePythonPath(probeFolder ?? ProbeFolder.Path, pythonPath),
            ["EXPERIMENTS_PROBE_LOADERS"] = settings.Loaders,
        };
        Add("NUM_WORKERS", SettingText.Of(settings.NumWorkers));
        Add("PIN_MEMORY", SettingText.Of(settings.PinMemory));
        Add("PREFETCH_FACTOR", SettingText.Of(settings.PrefetchFactor));
        Add("PERSISTENT_WORKERS", SettingText.Of(settings.PersistentWorkers));
        Add("BATCH_SIZE", SettingText.Of(settings.BatchSize));
        Add("STOP", settings.StopAfterSteps ? "after_steps" : null);
        Add("STEP", settings.Step == "auto" ? null : settings.Step);
        Add("SAMPLES_PER_STEP", SettingText.Of(settings.SamplesPerStep));
        Add("CUDA_SYNCHRONIZE", settings.CudaSynchronizeEvery > 0 ? SettingText.Of(settings.CudaSynchronizeEvery) : null);
        Add("RAISE_ITERABLE", settings.RaiseIterable ? "1" : null);
        return variables;

        void Add(string name, string? value)
        {
            if (value is not null)
                variables["EXPERIMENTS_PROBE_" + name] = value;
        }
    }

    /// <summary>The probe's folder first, then what was there; the probe runs the sitecustomize that it shadows.</summary>
    /// <param name="probeFolder">Where the probe is.</param>
    /// <param name="pythonPath">The path so far; null or empty where unset.</param>
    public static string ComposePythonPath(string probeFolder, string? pythonPath)
    {
        var rest = (pythonPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(folder => folder != probeFolder);
        return string.Join(Path.PathSeparator, rest.Prepend(probeFolder));
    }
}
