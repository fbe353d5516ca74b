namespace Experiments.Analysis.Scheduling;

/// <summary>What a sweep does next: <see cref="RunTrial"/>, <see cref="SkipTrial"/>, <see cref="ComparePair"/> or <see cref="Done"/>.</summary>
public abstract record Step;
