using Experiments.Mlflow.Entities;

namespace Experiments.Mlflow.Validation;

/// <summary>Brings a batch into the form that any store takes: keys checked, long values cut with a warning, repetitions taken out.</summary>
internal static class BatchRules
{
    public static RunBatch Apply(string runId, RunBatch batch, Action<MlflowWarning>? onWarning)
    {
        CheckMetrics(batch.Metrics);
        return new RunBatch
        {
            Metrics = WithoutRepeatedNaN(batch.Metrics),
            Params = Params(runId, batch.Params, onWarning),
            Tags = Tags(runId, batch.Tags, onWarning),
        };
    }

    public static IReadOnlyList<Tag> Tags(string? runId, IReadOnlyList<Tag> tags, Action<MlflowWarning>? onWarning)
    {
        // Of several values of one tag in a batch the last one counts.
        var last = new OrderedDictionary<string, Tag>(tags.Count, StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            KeyRules.Check("tag", tag.Key);
            last[tag.Key] = tag with { Value = Cut("tag", tag.Key, tag.Value, TextLimit.TagValue, runId, onWarning) };
        }

        return [.. last.Values];
    }

    private static List<Param> Params(string runId, IReadOnlyList<Param> parameters, Action<MlflowWarning>? onWarning)
    {
        var seen = new OrderedDictionary<string, Param>(parameters.Count, StringComparer.Ordinal);
        foreach (var param in parameters)
        {
            KeyRules.Check("param", param.Key);
            var value = Cut("param", param.Key, param.Value, TextLimit.ParamValue, runId, onWarning);
            if (!seen.TryAdd(param.Key, param with { Value = value }) && seen[param.Key].Value != value)
            {
                throw new MlflowException(
                    MlflowErrorCode.InvalidParameterValue,
                    $"param '{param.Key}' has two values in one batch: '{seen[param.Key].Value}' and '{value}'");
            }
        }

        return [.. seen.Values];
    }

    private static void CheckMetrics(IReadOnlyList<MetricPoint> metrics)
    {
        string? checkedKey = null;
        for (var i = 0; i < metrics.Count; i++)
        {
            var point = metrics[i];
            if (!ReferenceEquals(point.Key, checkedKey))
            {
                KeyRules.Check("metric", point.Key);
                checkedKey = point.Key;
            }

            if (point.TimestampMs < 0)
            {
                throw new MlflowException(
                    MlflowErrorCode.InvalidParameterValue, $"metric '{point.Key}' has the negative timestamp {point.TimestampMs}");
            }
        }
    }

    // Servers take a finite point twice and keep it once, but refuse the whole batch for a NaN point that comes twice.
    private static IReadOnlyList<MetricPoint> WithoutRepeatedNaN(IReadOnlyList<MetricPoint> metrics)
    {
        HashSet<(string, long, long)>? seen = null;
        List<MetricPoint>? kept = null;
        for (var i = 0; i < metrics.Count; i++)
        {
            var point = metrics[i];
            var repeated = double.IsNaN(point.Value) && !(seen ??= []).Add((point.Key, point.TimestampMs, point.Step));
            if (repeated)
            {
                kept ??= [.. metrics.Take(i)];
            }
            else
            {
                kept?.Add(point);
            }
        }

        return kept ?? metrics;
    }

    private static string Cut(string kind, string key, string value, int max, string? runId, Action<MlflowWarning>? onWarning)
    {
        var cut = TextLimit.Cut(value, max);
        if (cut.Length != value.Length)
        {
            onWarning?.Invoke(new MlflowWarning($"the value of {kind} '{key}' was cut to {max} code points", runId));
        }

        return cut;
    }
}
