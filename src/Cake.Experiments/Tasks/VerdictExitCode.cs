using Cake.Core;

namespace Cake.Experiments.Tasks;

/// <summary>Lets the verdict's exit code leave the build: Cake ends with 1 whatever code the exception of a task carries.</summary>
internal static class VerdictExitCode
{
    private const int FailedBuild = 1;
    private static int _exitCode;

    /// <summary>Acts; where that fails, the process ends with the failure's code, should the build fail too. A build that recovers keeps its own.</summary>
    public static void Relay(Action act)
    {
        try
        {
            act();
        }
        catch (CakeException failure)
        {
            Remember(failure.ExitCode);
            throw;
        }
    }

    private static void Remember(int exitCode)
    {
        if (Interlocked.Exchange(ref _exitCode, exitCode) == 0)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Leave();
    }

    private static void Leave()
    {
        if (Environment.ExitCode == FailedBuild)
            Environment.ExitCode = _exitCode;
    }
}
