using System.Diagnostics;
using Experiments.MSBuild.Tasks;

namespace Experiments.MSBuild.Tests.Tasks;

public class CommandLineTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("with space")]
    [InlineData("")]
    [InlineData("quote \" inside")]
    [InlineData("back\\slash")]
    [InlineData("ends with backslash\\")]
    [InlineData("back\\\" and quote")]
    [InlineData("it's")]
    [InlineData("Ünïcødé 数据")]
    public async Task An_argument_is_read_back_as_it_was(string argument)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "echoes by printf");
        using var process = Process.Start(new ProcessStartInfo("printf", CommandLine.Join(["%s|", argument, "next"])) { RedirectStandardOutput = true })!;

        Assert.Equal($"{argument}|next|", await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
