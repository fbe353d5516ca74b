namespace Experiments.PyTorch.Diagnosis;

/// <summary>Explains a trial from what is known about it. Pure: the same evidence gives the same diagnoses.</summary>
public static class TrialDiagnoser
{
    /// <summary>The cause of a failure as far as standard error, exit and counters tell it, for trials without the probe; null where they do not.</summary>
    /// <param name="evidence">What is known.</param>
    public static TrialDiagnosis? DiagnoseFailure(TrialEvidence evidence) => evidence.Failed ? new FailureDiagnosis(evidence).Find() : null;

    /// <summary>
    /// At most one error, the cause of a failure or of a missing measurement, then the warnings. A failure whose cause is
    /// not known (an exit code that the script chose, a signal from outside) has no error here.
    /// </summary>
    /// <param name="evidence">What is known.</param>
    public static IReadOnlyList<TrialDiagnosis> Diagnose(TrialEvidence evidence)
    {
        var error = evidence.Failed ? new FailureDiagnosis(evidence).Find() : MissingRecord.Find(evidence);
        return [.. error is null ? [] : new[] { error }, .. LoadingWarnings.Find(evidence), .. CountingWarnings.Find(evidence), .. OverrideWarnings.Find(evidence)];
    }
}
