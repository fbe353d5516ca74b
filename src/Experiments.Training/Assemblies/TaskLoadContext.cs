using System.Reflection;
using System.Runtime.Loader;

namespace Experiments.Training.Assemblies;

/// <summary>
/// Loads a user's assembly with its own dependencies, and shares what the host has already: TorchSharp and Experiments.Training must be one
/// and the same on both sides, or a task would not be an <see cref="ITrainingTask"/>.
/// </summary>
internal sealed class TaskLoadContext(string path) : AssemblyLoadContext(name: Path.GetFileName(path))
{
    private readonly AssemblyDependencyResolver resolver = new(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll")))
            return null; // the host's
        return resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;
}
