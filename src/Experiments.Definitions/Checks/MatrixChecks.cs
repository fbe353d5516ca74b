using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions.Checks;

/// <summary>Checks that the matrix is not larger than a sweep can be.</summary>
internal static class MatrixChecks
{
    public static void Check(ExperimentDefinition draft, ReadingContext context)
    {
        if (draft.Matrix is not { } matrix)
            return;
        var configurations = MatrixExpansion.CountProduct(matrix);
        if (configurations > Planner.MaxTrials)
            context.ErrorAtKey(
                DefinitionDiagnostics.TooManyTrials,
                FormattableString.Invariant($"the matrix has {(configurations == long.MaxValue ? "far too many" : configurations)} configurations; a sweep can have {Planner.MaxTrials} trials"),
                "matrix");
    }
}
