using Experiments.Core.Diagnostics;

namespace Experiments.Core.Tests.Diagnostics;

public class DiagnosticTests
{
    [Fact]
    public void A_diagnostic_with_a_place_is_one_canonical_line()
    {
        var diagnostic = GateDiagnostics.PeakMemory.Error("peak memory 9.1 GiB exceeds\n8.0 GiB", new SourcePosition("experiments/meld-da.yaml", 21, 3));

        Assert.Equal("experiments/meld-da.yaml(21,3): error EXP2001: peak memory 9.1 GiB exceeds 8.0 GiB", diagnostic.ToString());
    }

    [Fact]
    public void A_diagnostic_without_a_place_names_the_program()
    {
        Assert.Equal("experiments: warning EXP4001: server is down", TrackingDiagnostics.NotRecorded.Warning("server is down").ToString());
    }

    [Fact]
    public void Codes_are_unique_and_well_formed()
    {
        Assert.NotEmpty(DiagnosticCatalog.All);
        Assert.All(DiagnosticCatalog.All, rule => Assert.Matches("^EXP[1-5][0-9]{3}$", rule.Code));
        Assert.Equal(DiagnosticCatalog.All.Count, DiagnosticCatalog.All.Select(rule => rule.Code).Distinct().Count());
    }
}
