using Experiments.Processes.Memory;

namespace Experiments.Processes.Tests.Memory;

public class SharedPagesTests
{
    [Fact]
    public void A_fork_takes_no_memory_though_the_sum_doubles()
    {
        var pages = new SharedPages();
        pages.AddExact(500, 500);
        pages.Add(1000); // the children are there, their pages are the parent's
        pages.AddExact(1000, 500);

        Assert.Equal(500, pages.Peak());
    }

    [Fact]
    public void An_exit_between_exact_readings_hides_no_peak()
    {
        var pages = new SharedPages();
        pages.AddExact(1000, 400);
        pages.Add(1500);
        pages.Add(200);
        pages.AddExact(200, 200);

        Assert.Equal(600, pages.Peak());
    }

    [Fact]
    public void A_spike_of_one_process_counts_whole()
    {
        var pages = new SharedPages();
        pages.AddExact(100, 100);
        Assert.Equal(900, pages.Add(900));
        pages.AddExact(100, 100);

        Assert.Equal(900, pages.Peak());
    }

    [Fact]
    public void Without_an_exact_reading_the_sum_stands()
    {
        var pages = new SharedPages();
        pages.Add(700);

        Assert.Equal(700, pages.Peak());
    }
}
