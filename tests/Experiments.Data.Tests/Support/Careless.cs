namespace Experiments.Data.Tests.Support;

/// <summary>Samples that are written as a test says; one of two fields unless it says otherwise.</summary>
internal sealed class Careless(Careless.Writing write) : ISampleSource
{
    public delegate void Writing(SampleWriter writer);

    public int Count { get; init; } = 1;

    public IReadOnlyList<FieldSpec> Fields { get; init; } = [new FieldSpec { Name = "first" }, new FieldSpec { Name = "second" }];

    public int Length(int sample, int field) => 1;

    public void Write(int sample, SampleWriter writer) => write(writer);
}
