using Experiments.Datasets.Synthetic;
using Experiments.Training.Tests.Support;

[assembly: AssemblyFixture(typeof(SmallDataset))]

namespace Experiments.Training.Tests.Support;

/// <summary>A synthetic dataset for all tests: 160 samples of MELD-DA's shape (112 train, 16 dev, 32 test), about 125 MB.</summary>
public sealed class SmallDataset : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("experiments-training-").FullName;

    public SmallDataset()
    {
        Path = System.IO.Path.Combine(folder, "store");
        SyntheticDataset.Create(new SyntheticOptions { Profile = SyntheticProfiles.MeldDa, Samples = 160 }, Path);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
