using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine;

namespace Experiments.Running;

/// <summary>Whether a sweep may go on with the code that is there now: results of two versions under one name mislead whoever reads them.</summary>
internal static class CodeCheck
{
    /// <summary>Decides.</summary>
    /// <param name="began">What the sweep began with.</param>
    /// <param name="now">The code now, and why it is not known in full; null when it is.</param>
    /// <param name="request">Whether changed code is allowed, and who hears what cannot be told.</param>
    /// <returns>The manifest, with the code now where it is another one.</returns>
    /// <exception cref="DiagnosticException">EXP3016: the code changed.</exception>
    internal static SweepManifest Check(SweepManifest began, (CodeState State, string? Unknown) now, SweepRequest request)
    {
        CodeState[] known = [began.Code, .. began.OtherCode];
        var unknown = now.Unknown ?? (known[^1].Dirty is null ? "the sweep began without git, or with an earlier version of this program" : null);
        if (known.Contains(now.State) || (unknown is not null && known.Any(code => code.Commit == now.State.Commit)))
        {
            if (unknown is not null)
                request.Note?.Invoke(TrialDiagnostics.CodeNotKnown.Warning($"sweep {began.SweepId} goes on, whether with the code that it began with is not known: {unknown}"));
            return began;
        }

        return request.AllowChangedCode
            ? began with { OtherCode = [.. began.OtherCode, now.State] }
            : throw new DiagnosticException(TrialDiagnostics.CodeChanged.Error(
                $"sweep {began.SweepId} ran {string.Join(", then ", known.AsEnumerable())}; the code is {now.State} now{(request.RepeatFailed ? ", with which trials that never ran do not begin" : "")}", request.Definition.PositionOf("")));
    }
}
