using Experiments.Processes.Kernel;

namespace Experiments.Processes.Tests.Kernel;

public class PressureTests
{
    private const string Recorded = """
        some avg10=98.64 avg60=91.80 avg300=43.97 total=175503492
        full avg10=0.00 avg60=0.00 avg300=0.00 total=2134002
        """;

    [Fact]
    public void Totals_are_microseconds_since_the_beginning()
    {
        var text = System.Text.Encoding.ASCII.GetBytes(Recorded);

        Assert.Equal(175.503492, Pressure.Parse(text, "some "u8));
        Assert.Equal(2.134002, Pressure.Parse(text, "full "u8));
    }

    [Fact]
    public void Older_kernels_tell_no_full_pressure_of_the_cpu() =>
        Assert.Null(Pressure.Parse("some avg10=0.00 avg60=0.00 avg300=0.00 total=7\n"u8, "full "u8));

    [Fact]
    public void A_group_is_read_as_far_as_it_has_files()
    {
        using var folder = new TestFolder();
        Assert.Null(Pressure.OfGroup(folder.Path));
        File.WriteAllText(folder.File("cpu.pressure"), "some avg10=0.00 avg60=0.00 avg300=0.00 total=1000000\n");
        File.WriteAllText(folder.File("memory.pressure"), Recorded);

        Assert.Equal(new Pressure(1, 175.503492, 2.134002, null, null), Pressure.OfGroup(folder.Path));
    }

    [Fact]
    public void What_a_trial_stood_still_is_the_difference_of_two_readings() =>
        Assert.Equal(new Pressure(2, 3, null, null, 0), new Pressure(5, 4, null, 1, 2) - new Pressure(3, 1, null, null, 2));
}
