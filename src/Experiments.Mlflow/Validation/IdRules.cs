namespace Experiments.Mlflow.Validation;

/// <summary>Checks ids and names before they go anywhere.</summary>
internal static class IdRules
{
    private const int MaxExperimentName = 500;

    public static void CheckRunId(string runId)
    {
        if (string.IsNullOrEmpty(runId) || runId.Length > 256 || !runId.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            throw new MlflowException(MlflowErrorCode.InvalidParameterValue, $"'{runId}' is no run id");
        }
    }

    public static long ParseExperimentId(string experimentId) =>
        long.TryParse(experimentId, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new MlflowException(MlflowErrorCode.InvalidParameterValue, $"'{experimentId}' is no experiment id: a number is expected");

    public static void CheckExperimentName(string name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new MlflowException(MlflowErrorCode.InvalidParameterValue, "an experiment's name cannot be empty");
        }

        TextLimit.CheckLength("the experiment's name", name, MaxExperimentName);
    }

    public static void CheckDataset(Entities.DatasetInput input)
    {
        TextLimit.CheckLength("the dataset's name", input.Name, 500);
        TextLimit.CheckLength("the dataset's digest", input.Digest, 36);
        TextLimit.CheckLength("the dataset's source type", input.SourceType, 36);
        if (input.Name.Length == 0 || input.Digest.Length == 0)
        {
            throw new MlflowException(MlflowErrorCode.InvalidParameterValue, "a dataset needs a name and a digest");
        }
    }
}
