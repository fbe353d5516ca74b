using Experiments.Engine.Machines;

namespace Experiments.Engine.Tests.Machines;

public class MachineCpuTests
{
    private const string Recorded = """
        cpu  42553 7 4513 23092 315 2 175 101 40 3
        cpu0 20890 0 2146 12086 144 0 65 52 0 0
        intr 2105418 0 9
        """;

    [Fact]
    public void Busy_is_user_nice_system_and_interrupts_and_stolen_time_stands_apart()
    {
        var cpu = MachineCpu.Parse(System.Text.Encoding.ASCII.GetBytes(Recorded))!.Value;

        Assert.Equal(425.53 + 0.07 + 45.13 + 0.02 + 1.75, cpu.BusySeconds, 9);
        Assert.Equal(1.01, cpu.StolenSeconds, 9);
        Assert.Equal(cpu.BusySeconds + 1.01 + 230.92 + 3.15, cpu.TotalSeconds, 9); // guest time is in user and nice
    }

    [Theory]
    [InlineData("")]
    [InlineData("cpu  1 2 3")]
    [InlineData("cpu0 1 2 3 4 5 6 7 8 9 10")]
    [InlineData("intr 1 2 3 4 5 6 7 8 9 10")]
    public void What_is_not_the_machines_line_is_no_time(string text) =>
        Assert.Null(MachineCpu.Parse(System.Text.Encoding.ASCII.GetBytes(text)));
}
