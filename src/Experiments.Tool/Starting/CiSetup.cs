using System.Text;

namespace Experiments.Tool.Starting;

/// <summary>The steps of a workflow that make a training ready, by what lies in the project's folder.</summary>
internal static class CiSetup
{
    /// <summary>The steps, as lines of YAML.</summary>
    /// <param name="folder">The project's folder, absolute.</param>
    /// <param name="system">One of <see cref="CiFiles.Systems"/>.</param>
    /// <param name="indent">How far the list of steps is indented.</param>
    public static string Of(string folder, string system, int indent)
    {
        var text = new StringBuilder();
        var python = File.Exists(Path.Combine(folder, "requirements.txt")) ? "pip install -r requirements.txt" : File.Exists(Path.Combine(folder, "pyproject.toml")) ? "pip install ." : null;
        var isDotNet = Directory.EnumerateFiles(folder).Any(file => Path.GetExtension(file) is ".sln" or ".slnx" or ".csproj");
        if (python is not null)
            Lines(text, indent, system switch
            {
                "github" => ["- uses: actions/setup-python@v5", "  with:", "    python-version: 3.x", $"- run: {python}"],
                "azure" => ["- task: UsePythonVersion@0", "  inputs:", "    versionSpec: 3.x", $"- script: {python}"],
                _ => ["- apt-get update && apt-get install -y python3 python3-venv", "- python3 -m venv .venv && . .venv/bin/activate", $"- {python}"],
            });
        if (isDotNet)
            Lines(text, indent, system switch { "github" => ["- run: dotnet build -c Release"], "azure" => ["- script: dotnet build -c Release"], _ => ["- dotnet build -c Release"] });
        if (text.Length == 0)
            Lines(text, indent, ["#   Python and its packages, a build, data"]);
        return text.ToString();
    }

    private static void Lines(StringBuilder text, int indent, string[] lines)
    {
        foreach (var line in lines)
            text.Append(' ', indent).Append(line).Append('\n');
    }
}
