using Experiments.Processes.Kernel;

namespace Experiments.Processes.Tests.Kernel;

public class ProcessIoTests
{
    [Fact]
    public void Bytes_of_calls_are_read_and_those_of_storage_are_not_taken_for_them() =>
        Assert.Equal(new ProcessIo(52086732, 51989501), ProcessIo.Parse(
            "rchar: 52086732\nwchar: 51989501\nsyscr: 739\nsyscw: 1305\nread_bytes: 90112\nwrite_bytes: 20979712\ncancelled_write_bytes: 0\n"u8));

    [Fact]
    public void A_process_that_may_not_be_read_is_not_zero() => Assert.Null(ProcessIo.Parse(""u8));
}
