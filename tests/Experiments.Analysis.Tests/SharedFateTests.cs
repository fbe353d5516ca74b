using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests;

public class SharedFateTests
{
    private static readonly Configuration First = Of("MELD-DA", 0, false);
    private static readonly Configuration OtherLoader = Of("MELD-DA", 4, true);
    private static readonly Configuration OtherDataset = Of("MIntRec", 0, false);

    [Fact]
    public void Arguments_and_syntax_meet_every_trial_and_an_import_those_that_differ_in_the_loader()
    {
        Assert.Equal((true, true), Skips(PyTorchDiagnostics.UnknownArgument));
        Assert.Equal((true, true), Skips(PyTorchDiagnostics.NotPython));
        Assert.Equal((true, false), Skips(PyTorchDiagnostics.ImportFailed));
        Assert.Equal((true, false), Skips(PyTorchDiagnostics.RelativeImport));
        Assert.Equal((false, false), Skips(PyTorchDiagnostics.WorkerKilled));
        Assert.Equal((false, false), Skips(PyTorchDiagnostics.OutputExists));
    }

    [Fact]
    public void Once_one_of_the_kind_was_measured_the_others_run() =>
        Assert.Null(SharedFate.Of(new PlannedTrial(OtherLoader, 1), [Failed(PyTorchDiagnostics.ImportFailed), Trial(Of("MELD-DA", 2, false), 1, 50)]));

    [Fact]
    public void A_warning_of_the_same_trial_is_no_cause() =>
        Assert.Null(SharedFate.Of(new PlannedTrial(OtherLoader, 1), [Failed(PyTorchDiagnostics.ScriptRaised) with
        {
            Diagnostics = [PyTorchDiagnostics.ImportFailed.Warning("w"), PyTorchDiagnostics.ScriptRaised.Error("e")],
        }]));

    private static (bool Loader, bool Dataset) Skips(DiagnosticRule cause) =>
        (SharedFate.Of(new PlannedTrial(OtherLoader, 1), [Failed(cause)]) is not null, SharedFate.Of(new PlannedTrial(OtherDataset, 1), [Failed(cause)]) is not null);

    private static TrialResult Failed(DiagnosticRule cause) => Trial(First, 1, 0, status: TrialStatus.Failed) with { Diagnostics = [cause.Error("it failed")] };
}
