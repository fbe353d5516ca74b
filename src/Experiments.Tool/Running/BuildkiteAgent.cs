using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Experiments.Tool.Running;

/// <summary>The agent of Buildkite, which a job finds on its PATH: https://buildkite.com/docs/agent/cli/reference/annotate.</summary>
internal static class BuildkiteAgent
{
    private const int LongestContext = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Shows a text on the build's page.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="context">What the next one of the same name replaces.</param>
    /// <param name="style"><c>success</c>, <c>warning</c> or <c>error</c>.</param>
    /// <returns>Whether there is an agent, and what it complained of; null where it did as it was asked.</returns>
    public static (bool IsThere, string? Fault) Annotate(string markdown, string context, string style)
    {
        var start = new ProcessStartInfo("buildkite-agent", ["annotate", "--style", style, "--context", context[..Math.Min(context.Length, LongestContext)]])
        {
            RedirectStandardInput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        try
        {
            using var agent = Process.Start(start)!;
            using var patience = new Timer(_ => Kill(agent), null, Patience, Timeout.InfiniteTimeSpan);
            var said = agent.StandardError.ReadToEndAsync();
            using (var input = agent.StandardInput)
                input.Write(markdown);
            agent.WaitForExit();
            return (true, agent.ExitCode == 0 ? null : $"exit code {agent.ExitCode}: {said.GetAwaiter().GetResult().Trim()}");
        }
        catch (Win32Exception)
        {
            return (false, null); // a container without the agent
        }
        catch (IOException fault)
        {
            return (true, fault.Message); // it did not read to the end
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // it has ended
        }
    }
}
