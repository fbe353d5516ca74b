using Experiments.PyTorch.Interpreters;

namespace Experiments.PyTorch.Tests.Running;

/// <summary>An interpreter with torch on this machine; tests that need one skip, or fail where it is required.</summary>
internal static class TorchPython
{
    private static readonly string[] Candidates =
        [Environment.GetEnvironmentVariable("EXPERIMENTS_TESTS_PYTHON") ?? "", "/usr/bin/python3", "python3", "python"];

    private static readonly Lazy<Task<string?>> Found = new(FindAsync);

    public static async Task<string> RequireAsync()
    {
        var python = await Found.Value;
        Requirement.Met("pytorch", python is not null, "no Python with torch: apt-get install python3-torch");
        return python!;
    }

    private static async Task<string?> FindAsync()
    {
        foreach (var candidate in Candidates.Where(candidate => candidate.Length > 0))
        {
            try
            {
                var info = await InterpreterReader.ReadAsync(candidate, new Dictionary<string, string?>(), CancellationToken.None);
                if (info.TorchVersion is not null)
                    return candidate;
            }
            catch (InterpreterException)
            {
                // the next one
            }
        }

        return null;
    }
}
