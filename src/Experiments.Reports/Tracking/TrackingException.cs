using System.Globalization;

namespace Experiments.Reports.Tracking;

/// <summary>Some of a sweep could not be recorded in MLflow. The results are safe in the sweep's folder.</summary>
public sealed class TrackingException : Exception
{
    /// <summary>Says what happened and what to do about it.</summary>
    /// <param name="trackingUri">The store.</param>
    /// <param name="sweepId">The sweep.</param>
    /// <param name="notRecorded">Steps that were not recorded.</param>
    /// <param name="first">The first cause.</param>
    public TrackingException(string trackingUri, string sweepId, int notRecorded, Exception first)
        : base(
            string.Create(CultureInfo.InvariantCulture, $"{notRecorded} of the steps of recording {sweepId} in {trackingUri} failed, the first with: {first.Message}; make up for it with: experiments publish {sweepId}"),
            first) =>
        (TrackingUri, SweepId, NotRecorded) = (trackingUri, sweepId, notRecorded);

    /// <summary>The store.</summary>
    public string TrackingUri { get; }

    /// <summary>The sweep.</summary>
    public string SweepId { get; }

    /// <summary>Steps that were not recorded.</summary>
    public int NotRecorded { get; }
}
