using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Http.Wire;
using Experiments.Mlflow.Queries;
using Experiments.Mlflow.Validation;

namespace Experiments.Mlflow.Http;

/// <summary>
/// Creates runs and experiments so that a repetition makes no second one: a call whose reply was lost may have been carried out.
/// Each run has a key among its tags, and before it is created again it is looked for.
/// </summary>
internal sealed class RunCreation(HttpStore store, RestClient once, MlflowOptions options) : IDisposable
{
    public async Task<MlflowRun> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        var key = run.Key ?? Guid.NewGuid().ToString("N");
        if (run.Key is not null && await FindAsync(run.ExperimentId, key, cancellationToken) is { } existing)
        {
            return existing;
        }

        var startTime = run.StartTimeMs ?? options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        var tags = BatchRules.Tags(null, [.. run.Tags, new Tag(MlflowTags.RunKey, key)], options.OnWarning);
        var request = new CreateRunRequest(run.ExperimentId, run.Name, run.User, startTime, tags);
        return await RepeatAsync(
            async () =>
            {
                var reply = await once.PostAsync(
                    "api/2.0/mlflow/runs/create", request, MlflowJson.Default.CreateRunRequest, MlflowJson.Default.RunReply, cancellationToken);
                return FromWire.Run(reply.Run ?? throw new MlflowException(MlflowErrorCode.InvalidResponse, "runs/create: the reply holds no run"));
            },
            () => FindAsync(run.ExperimentId, key, cancellationToken),
            cancellationToken);
    }

    public async Task<string> CreateExperimentAsync(NewExperiment experiment, CancellationToken cancellationToken)
    {
        foreach (var tag in experiment.Tags)
        {
            KeyRules.Check("tag", tag.Key);
        }

        var request = new CreateExperimentRequest(
            experiment.Name, experiment.ArtifactLocation, experiment.Tags.Count == 0 ? null : experiment.Tags);
        return await RepeatAsync(
            async () =>
            {
                var reply = await once.PostAsync(
                    "api/2.0/mlflow/experiments/create",
                    request,
                    MlflowJson.Default.CreateExperimentRequest,
                    MlflowJson.Default.ExperimentIdMessage,
                    cancellationToken);
                return reply.ExperimentId ?? throw new MlflowException(MlflowErrorCode.InvalidResponse, "experiments/create: the reply holds no id");
            },
            async () => (await store.FindExperimentAsync(experiment.Name, cancellationToken))?.Id,
            cancellationToken);
    }

    public void Dispose() => once.Dispose();

    private async Task<T> RepeatAsync<T>(Func<Task<T>> create, Func<Task<T?>> find, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await create();
            }
            catch (MlflowException e) when (e.IsTransient && attempt < options.Retry.MaxRetries)
            {
                var delay = Math.Min(options.Retry.BaseDelay.Ticks << Math.Min(attempt, 20), options.Retry.MaxDelay.Ticks);
                await Task.Delay(TimeSpan.FromTicks(delay), options.TimeProvider, cancellationToken);
            }

            // This call repeats itself until the server is there again.
            if (await find() is { } made)
            {
                return made;
            }
        }
    }

    private async Task<MlflowRun?> FindAsync(string experimentId, string key, CancellationToken cancellationToken)
    {
        if (key.Contains('\'', StringComparison.Ordinal))
        {
            throw new MlflowException(MlflowErrorCode.InvalidParameterValue, $"a run's key cannot hold a quote: {key}");
        }

        var query = new RunQuery
        {
            ExperimentIds = [experimentId],
            Filter = $"tags.`{MlflowTags.RunKey}` = '{key}'",
            OrderBy = ["attributes.start_time ASC"],
            MaxResults = 1,
        };
        return (await store.SearchRunsAsync(query, cancellationToken)).Items.SingleOrDefault();
    }
}
