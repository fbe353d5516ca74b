namespace Experiments.Mlflow.Validation;

/// <summary>Cuts text at a number of code points, as MLflow's servers count, never within a surrogate pair.</summary>
internal static class TextLimit
{
    public const int ParamValue = 6000;
    public const int TagValue = 8000;
    public const int ExperimentTagValue = 5000;

    public static string Cut(string text, int maxCodePoints)
    {
        if (text.Length <= maxCodePoints)
        {
            return text;
        }

        var index = 0;
        for (var count = 0; index < text.Length; count++)
        {
            if (count == maxCodePoints)
            {
                return text[..index];
            }

            index += char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
        }

        return text;
    }

    public static void CheckLength(string what, string text, int maxCharacters)
    {
        if (Cut(text, maxCharacters).Length != text.Length)
        {
            throw new MlflowException(MlflowErrorCode.InvalidParameterValue, $"{what} is longer than {maxCharacters} characters");
        }
    }
}
