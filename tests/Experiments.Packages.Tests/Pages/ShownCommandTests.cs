using Xunit.Sdk;

namespace Experiments.Packages.Tests.Pages;

public class ShownCommandTests
{
    private const string Page = """
        Text.

        ```console
        $ experiments run
          num_workers     samples/s   peak memory   verdict
        ─────────────────────────────────────────────────────
          0             202 ± 0.4 %       1.2 GiB   ✓ pass
        …
        Verdict: pass (1 configuration, 2 trials, 1 min 02 s)
        ```

        ```yaml
        $ not a command
        ```
        """;

    [Theory]
    [InlineData("  num_workers   samples/s   peak memory   verdict\n────────\n  2   1999 ± 10 %   812 MiB   ✓ pass\nmore\nVerdict: pass (8 configuration, 16 trials, 9 s)")]
    [InlineData("before\n  num_workers   samples/s   peak memory   verdict\n────────\n  2   1999 ± 10 %   812 MiB   ✓ pass\nVerdict: pass (8 configuration, 16 trials, 9 s)\nafter")]
    public void Other_figures_and_widths_are_the_same_output(string printed) => Assert.Single(ShownCommand.Of(Page)).WasPrintedIn(printed);

    [Theory]
    [InlineData("  num_workers   samples/s   peak memory   verdict\n────────\n  2   1999 ± 10 %   812 MiB   ✗ failed\nVerdict: pass (8 configuration, 16 trials, 9 s)")]
    [InlineData("Verdict: pass (8 configuration, 16 trials, 9 s)\n  num_workers   samples/s   peak memory   verdict\n────────\n  2   1999 ± 10 %   812 MiB   ✓ pass")]
    public void Other_words_or_another_order_are_not(string printed) => Assert.ThrowsAny<XunitException>(() => Assert.Single(ShownCommand.Of(Page)).WasPrintedIn(printed));
}
