using System.Diagnostics;
using System.Security.Cryptography;
using Experiments.Core.Diagnostics;
using Experiments.Engine;

namespace Experiments.Preparing;

/// <summary>
/// Makes the packaged training host ready, once a machine: the command carries its assemblies without TorchSharp and libtorch, and a project
/// that puts them together with what NuGet has. The result lies in the user's local data folder under a name that says what it was made of.
/// </summary>
/// <param name="packaged">The folder with the project and the assemblies.</param>
/// <param name="backend"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="home">The folder of all hosts; null: the user's.</param>
internal sealed class HostPreparation(string packaged, string backend, string? home = null)
{
    /// <summary>Chooses libtorch's build where the definition does not ask for a CUDA device: <c>cpu</c> (the default) or <c>cuda</c>.</summary>
    public const string BackendVariable = "EXPERIMENTS_TORCH";

    private readonly string _home = home ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "experiments", "training");

    /// <summary>Where the host is, or will be.</summary>
    public string Host => Path.Combine(_home, $"{backend}-{Digest()}", "Experiments.Training.dll");

    /// <summary>Builds the host unless it is there.</summary>
    /// <exception cref="DiagnosticException">EXP5007: there is no SDK, or NuGet does not give what is needed.</exception>
    public async Task EnsureAsync(TextWriter output, SourcePosition? position, CancellationToken cancellationToken)
    {
        if (File.Exists(Host))
            return;
        var folder = Path.GetDirectoryName(Host)!;
        var started = Stopwatch.GetTimestamp();
        output.WriteLine($"making the training host ready, once: libtorch ({backend}) comes from NuGet to {folder}");
        var work = Directory.CreateDirectory(Path.Combine(_home, Path.GetRandomFileName())).FullName;
        try
        {
            await BuildAsync(work, position, cancellationToken).ConfigureAwait(false);
            if (!Directory.Exists(folder)) // another sweep may have been faster
                Directory.Move(Path.Combine(work, "host"), folder);
            output.WriteLine($"the training host is ready after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private async Task BuildAsync(string work, SourcePosition? position, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            "build", Path.Combine(packaged, "Experiments.Training.csproj"), "-c", "Release", "-o", Path.Combine(work, "host"), "-nologo", "-nodeReuse:false", "-v:quiet", "-tl:off",
            $"-p:TorchBackend={backend}", $"-p:BaseIntermediateOutputPath={work}/obj/",
            $"-p:RestoreRootConfigDirectory={Environment.CurrentDirectory}", // the user's feeds, those of the repository included
        ])
        { WorkingDirectory = work, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name); // this may run inside a build, whose own SDK these name
        using var build = Process.Start(start)!;
        var text = build.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = build.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await build.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            build.Kill(entireProcessTree: true);
            await build.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        if (build.ExitCode != 0)
            throw new DiagnosticException(EnvironmentDiagnostics.CannotPrepareTrainingHost.Error(
                $"{Cause(await text.ConfigureAwait(false) + await errors.ConfigureAwait(false))}. {EnvironmentDiagnostics.CannotPrepareTrainingHost.Remedy}", position));
    }

    /// <summary>The first error that the build names: <c>NU1101: Unable to find package …</c>.</summary>
    private static string Cause(string output)
    {
        const string Mark = ": error ";
        var line = output.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Contains(Mark, StringComparison.Ordinal)) ?? output.Trim();
        line = line[(line.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at ? at + Mark.Length : 0)..];
        return (line.IndexOf(" [/", StringComparison.Ordinal) is > 0 and var project ? line[..project] : line).ReplaceLineEndings(" ").Trim(':', '.', ' ');
    }

    private string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.GetFiles(packaged, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            hash.AppendData(File.ReadAllBytes(file));
        return Convert.ToHexStringLower(hash.GetCurrentHash())[..12];
    }
}
