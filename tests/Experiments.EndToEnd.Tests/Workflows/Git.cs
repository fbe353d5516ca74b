using System.Diagnostics;

namespace Experiments.EndToEnd.Tests.Workflows;

/// <summary>git, by a person of its own.</summary>
internal static class Git
{
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var error = git.StandardError.ReadToEndAsync();
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.True(git.ExitCode == 0, $"git {string.Join(' ', arguments)}: {output}{await error}");
        return output.Trim();
    }
}
