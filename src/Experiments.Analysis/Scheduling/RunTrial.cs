using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Analysis.Scheduling;

/// <summary>A trial runs.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Steps">Measured steps to ask it for.</param>
/// <param name="Forecast">The peak memory that is foreseen for it; null where too little is known.</param>
public sealed record RunTrial(PlannedTrial Trial, int Steps, MemoryForecast? Forecast) : Step;
