[assembly: AssemblyFixture(typeof(Experiments.PyTorch.Tests.Running.TestFolders))]

namespace Experiments.PyTorch.Tests.Running;

/// <summary>New folders for scripts, records and stores, which go when the last test has ended.</summary>
public sealed class TestFolders : IDisposable
{
    private static readonly DirectoryInfo Root = Directory.CreateTempSubdirectory("experiments-pytorch-");

    /// <summary>Makes a folder, and returns its full path.</summary>
    public static string Create() => Root.CreateSubdirectory(Path.GetRandomFileName()).FullName;

    /// <summary>Deletes all of them.</summary>
    public void Dispose() => Root.Delete(recursive: true);
}
