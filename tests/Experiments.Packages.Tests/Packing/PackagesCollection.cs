namespace Experiments.Packages.Tests.Packing;

/// <summary>Tests that use the packed packages: packed once, one test after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PackagesCollection : ICollectionFixture<PackedFeed>
{
    public const string Name = "packages";
}
