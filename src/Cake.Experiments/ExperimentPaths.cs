using Cake.Core.IO;
using Experiments.Definitions.Building;

namespace Cake.Experiments;

/// <summary>The builder's paths as Cake's.</summary>
public static class ExperimentPaths
{
    /// <inheritdoc cref="ExperimentBuilder.TorchSharp"/>
    public static ExperimentBuilder TorchSharp(this ExperimentBuilder builder, string task, FilePath assembly) => builder.TorchSharp(task, assembly.FullPath);

    /// <inheritdoc cref="ExperimentBuilder.PyTorch"/>
    public static ExperimentBuilder PyTorch(this ExperimentBuilder builder, FilePath script, Action<TrainingArguments>? arguments = null) =>
        builder.PyTorch(script.FullPath, arguments);

    /// <inheritdoc cref="ExperimentBuilder.WorkingDirectory"/>
    public static ExperimentBuilder WorkingDirectory(this ExperimentBuilder builder, DirectoryPath folder) => builder.WorkingDirectory(folder.FullPath);

    /// <inheritdoc cref="ExperimentBuilder.DatasetFolder"/>
    public static ExperimentBuilder DatasetFolder(this ExperimentBuilder builder, string name, DirectoryPath folder) => builder.DatasetFolder(name, folder.FullPath);
}
