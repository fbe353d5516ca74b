// What all targets share.
var configuration = Argument("configuration", "Release");

/// Runs a program to its end and passes its exit code on as this build's.
void Run(string program, ProcessArgumentBuilder arguments, IDictionary<string, string> environment = null)
{
    var exitCode = StartProcess(program, new ProcessSettings { Arguments = arguments, EnvironmentVariables = environment });
    if (exitCode != 0)
        throw new CakeException(exitCode, $"{program} {arguments.RenderSafe()} ended with exit code {exitCode}.");
}

/// The built program of a project.
FilePath ProgramOf(string project) =>
    File($"./artifacts/bin/{project}/{configuration.ToLowerInvariant()}/{project}.dll");
