namespace Experiments;

/// <summary>A sweep that was submitted to a cluster, and is not waited for.</summary>
/// <param name="Folder">Absolute path of the sweep's folder.</param>
/// <param name="Submitted">Trials that the cluster has.</param>
/// <param name="Waiting">Trials that it takes only later, for a limit of the site: who attaches submits them.</param>
public sealed record SubmittedSweep(string Folder, int Submitted, int Waiting)
{
    /// <summary>The sweep's id.</summary>
    public string SweepId => Path.GetFileName(Folder);
}
