namespace Experiments.Slurm.Tests.Running;

/// <summary>One cluster for the tests that need one; they take turns on it.</summary>
[CollectionDefinition(Name)]
public sealed class SlurmTests : ICollectionFixture<SlurmCluster>
{
    public const string Name = "a real Slurm";
}
