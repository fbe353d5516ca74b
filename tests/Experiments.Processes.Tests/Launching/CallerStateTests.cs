using Experiments.Processes.Launching;

namespace Experiments.Processes.Tests.Launching;

public class CallerStateTests
{
    private const string Limits = """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             unlimited            unlimited            processes
        Max open files            256                  20000                files
        Max locked memory         8388608              unlimited            bytes
        """;

    [Fact]
    public void Limits_are_read_as_the_kernel_writes_them()
    {
        Assert.Equal((256, 20000), CallerState.OpenFilesIn(Limits));
        Assert.Equal((long.MaxValue, long.MaxValue), CallerState.OpenFilesIn("Max open files            unlimited            unlimited            files     \n"));
        Assert.Null(CallerState.OpenFilesIn(""));
    }

    [Theory]
    [InlineData(20000, 20000, 256, 20000, 256L)]
    [InlineData(20000, 20000, 20000, 20000, null)] // nothing was raised
    [InlineData(256, 20000, 512, 20000, null)] // this runtime raises nothing: what is here is the caller's
    [InlineData(256, 256, 1024, 20000, null)] // the caller lowered both: 1024 would not be allowed
    public void The_limit_that_the_runtime_raised_is_the_callers_again(long soft, long hard, long callersSoft, long callersHard, long? expected) =>
        Assert.Equal(expected, CallerState.OpenFilesOf((soft, hard), (callersSoft, callersHard)));

    [Fact]
    public void Without_a_caller_the_limit_stays() => Assert.Null(CallerState.OpenFilesOf((20000, 20000), null));

    [Theory]
    [InlineData("0000000000000000", "")]
    [InlineData("0000000000000800", "12")]
    [InlineData("0000000380010001", "1,17,34")] // 32 and 33 are the C library's
    public void Blocked_signals_are_read_as_numbers(string mask, string expected) =>
        Assert.Equal(expected, CallerState.BlockedIn($"SigPnd:\t0000000000000000\nSigBlk:\t{mask}\nSigIgn:\t0000000000001000\n"));

    [Fact]
    public void What_a_shell_would_take_is_given_back_by_env()
    {
        var request = new LaunchRequest
        {
            Program = "/usr/bin/python3", WorkingDirectory = "/", StandardOutputFile = "o", StandardErrorFile = "e",
            Environment = new Dictionary<string, string> { ["HOME"] = "/root", ["BASH_FUNC_module%%"] = "() { :; }", ["my.name"] = "a" },
        };

        Assert.Equal(["/usr/bin/env", "--block-signal=12", "BASH_FUNC_module%%=() { :; }", "my.name=a"], new CallerState(null, "12", "").Restoring(request));
        Assert.Empty(new CallerState(null, "", "").Restoring(request with { Environment = new Dictionary<string, string> { ["HOME"] = "/root" } }));
        Assert.Empty(new CallerState(null, "12", "").Restoring(request with { Program = "/a=b/python3" })); // env would take it for a variable
    }

    [LinuxFact]
    public async Task A_trial_has_variables_of_any_name_and_those_that_a_shell_would_use_itself()
    {
        using var run = new ProcessRun();
        var variables = new Dictionary<string, string> { ["n"] = "7", ["blocked"] = "x", ["my.name"] = "a", ["BASH_FUNC_f%%"] = "() { :; }" };

        await run.RunAsync(run.Shell("tr '\\0' '\\n' < /proc/$$/environ | grep -E '^(n|blocked|my.name|BASH_FUNC_f%%)=' | LC_ALL=C sort") with { Environment = variables });

        Assert.Equal("BASH_FUNC_f%%=() { :; }\nblocked=x\nmy.name=a\nn=7\n", await File.ReadAllTextAsync(run.StandardOutput, TestContext.Current.CancellationToken));
    }
}
