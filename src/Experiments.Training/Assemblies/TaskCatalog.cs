using Experiments.Core.Diagnostics;
using Experiments.Training.Fusion;

namespace Experiments.Training.Assemblies;

/// <summary>Makes the task that a definition names.</summary>
internal static class TaskCatalog
{
    private static readonly Dictionary<string, Func<ITrainingTask>> BuiltIn = new(StringComparer.Ordinal)
    {
        [UtteranceFusionTask.Name] = () => new UtteranceFusionTask(),
    };

    /// <summary>Makes a task.</summary>
    /// <param name="name">A built-in task's name, or a class's name with its namespace.</param>
    /// <param name="assembly">The user's assembly; null for built-in tasks.</param>
    /// <exception cref="TrainingException">There is no such task, or its assembly cannot be loaded.</exception>
    public static ITrainingTask Create(string name, string? assembly)
    {
        if (assembly is not null)
            return FromAssembly(name, Path.GetFullPath(assembly));
        return BuiltIn.TryGetValue(name, out var create)
            ? create()
            : throw new TrainingException(TrainingDiagnostics.UnknownTask, $"There is no built-in task '{name}'; there is {string.Join(", ", BuiltIn.Keys)}. A class of your own needs --assembly.");
    }

    private static ITrainingTask FromAssembly(string name, string path)
    {
        if (!File.Exists(path))
            throw new TrainingException(TrainingDiagnostics.BadAssembly, $"The assembly '{path}' is not there.");
        try
        {
            var assembly = new TaskLoadContext(path).LoadFromAssemblyPath(path);
            var tasks = assembly.GetExportedTypes().Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(ITrainingTask))).ToList();
            var type = tasks.FirstOrDefault(type => type.FullName == name)
                ?? throw new TrainingException(
                    TrainingDiagnostics.UnknownTask,
                    $"'{Path.GetFileName(path)}' has no public class '{name}' that implements {typeof(ITrainingTask).FullName}; it has {(tasks.Count == 0 ? "none" : string.Join(", ", tasks.Select(task => task.FullName)))}.");
            return (ITrainingTask)(type.GetConstructor(Type.EmptyTypes)?.Invoke(null)
                ?? throw new TrainingException(TrainingDiagnostics.UnknownTask, $"'{name}' has no public constructor without parameters."));
        }
        catch (Exception problem) when (problem is BadImageFormatException or IOException or TypeLoadException or System.Reflection.ReflectionTypeLoadException)
        {
            throw new TrainingException(TrainingDiagnostics.BadAssembly, $"'{path}' cannot be loaded: {problem.Message}", problem);
        }
    }
}
