using System.Diagnostics;
using System.Text;

namespace Experiments.Definitions.Tests;

public sealed class DefinitionFileTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void A_missing_file_is_told() =>
        Assert.Equal("x.yaml(1,1): error EXP1001: the file does not exist", Mistake("x.yaml"));

    [Fact]
    public void A_folder_is_told() => Assert.Equal("data(1,1): error EXP1001: this is a folder, not a file", Mistake("data"));

    [Fact]
    public void A_file_name_that_cannot_be_is_told() =>
        Assert.Equal("EXP1001", Assert.Single(DefinitionReader.Read("a\0b.yaml").Diagnostics).Code);

    [Fact]
    public void Of_a_file_of_100_megabytes_no_more_than_is_needed_is_read()
    {
        using (var file = File.Create(_workplace.PathOf("big.yaml")))
            file.SetLength(100_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("big.yaml(1,1): error EXP1004: the file is larger than 1 MiB, the most that a definition may have", Mistake("big.yaml"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Theory]
    [InlineData("ln -s /dev/zero x.yaml")]
    [InlineData("mkfifo x.yaml")]
    [InlineData("ln -s x.yaml x.yaml")]
    public async Task What_has_no_end_or_never_begins_is_told_at_once(string make)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "has no such files");
        using (var shell = Process.Start(new ProcessStartInfo("sh", ["-c", make]) { WorkingDirectory = _workplace.Folder })!)
            await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        var reading = await Task.Run(() => DefinitionReader.Read(_workplace.PathOf("x.yaml")), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal("EXP1001", Assert.Single(reading.Diagnostics).Code);
    }

    [Fact]
    public void A_definition_of_exactly_the_limit_is_read()
    {
        _workplace.Write("full.yaml", Examples.Command + "#" + new string('x', DefinitionText.MaxBytes - Examples.Command.Length - 1));

        Assert.NotNull(DefinitionReader.Read(_workplace.PathOf("full.yaml")).Definition);
    }

    [Theory]
    [InlineData("x.yaml")]
    [InlineData("x.json")]
    public void Bytes_that_are_not_UTF8_are_told_with_their_place(string name)
    {
        _workplace.Write(name, [.. Encoding.UTF8.GetBytes("# ok\nname: ä"), 0xFF, .. Encoding.UTF8.GetBytes("x\n")]);

        Assert.Equal($"{name}(2,8): error EXP1005: the bytes 0xFF are not UTF-8", Mistake(name));
    }

    [Fact]
    public void UTF16_is_told()
    {
        _workplace.Write("x.yaml", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Examples.Command)]);

        Assert.Equal("x.yaml(1,1): error EXP1005: the bytes 0xFF are not UTF-8", Mistake("x.yaml"));
    }

    private string Mistake(string name) => Assert.Single(_workplace.Lines(DefinitionReader.Read(_workplace.PathOf(name))));
}
