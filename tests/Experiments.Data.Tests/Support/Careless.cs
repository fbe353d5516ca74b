namespace Experiments.Data.Tests.Support;

/// <summary>One sample of two fields, written as a test says.</summary>
internal sealed class Careless(Careless.Writing write) : ISampleSource
{
    public delegate void Writing(SampleWriter writer);

    public int Count => 1;

    public IReadOnlyList<FieldSpec> Fields { get; } = [new FieldSpec { Name = "first" }, new FieldSpec { Name = "second" }];

    public int Length(int sample, int field) => 1;

    public void Write(int sample, SampleWriter writer) => write(writer);
}
