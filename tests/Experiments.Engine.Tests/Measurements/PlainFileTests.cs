using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Experiments.Processes.Tests;
using Experiments.Shared;

namespace Experiments.Engine.Tests.Measurements;

public sealed class PlainFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [LinuxTheory]
    [InlineData("mkfifo x")]
    [InlineData("mkdir x")]
    [InlineData("ln -s x x")]
    [InlineData("ln -s /dev/zero x")]
    [InlineData("ln -s /dev/full x")]
    [InlineData("ln -s /dev/random x")]
    [InlineData("ln -s /dev/ptmx x")]
    [InlineData("mkfifo pipe && ln -s pipe x")]
    [InlineData("ln -s / x")]
    [InlineData("ln -s /proc/self/status x")]
    public void What_is_no_plain_file_is_refused_at_once(string make)
    {
        Shell(make);

        Assert.Throws<PlainFile.RefusedException>(() => PlainFile.TryOpen(_folder.File("x")));
        Assert.True(PlainFile.IsRefused(_folder.File("x")));
    }

    [LinuxFact]
    public void A_socket_is_refused()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.File("x")));

        Assert.True(PlainFile.IsRefused(_folder.File("x")));
    }

    [LinuxTheory]
    [InlineData("true")]
    [InlineData("ln -s nowhere x")]
    [InlineData("touch file && ln -s file/x x")]
    public void What_is_not_there_is_nothing(string make)
    {
        Shell(make);

        Assert.Null(PlainFile.TryOpen(_folder.File("x")));
        Assert.False(PlainFile.IsRefused(_folder.File("x")));
    }

    [LinuxTheory]
    [InlineData("printf text > x", "text")]
    [InlineData("printf text > y && ln -s y x", "text")]
    [InlineData("touch x", "")]
    public void A_plain_file_opens_also_through_a_link(string make, string content)
    {
        Shell(make);

        using var file = PlainFile.TryOpen(_folder.File("x"))!;
        using var reader = new StreamReader(file);

        Assert.Equal(content, reader.ReadToEnd());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Lines_are_the_same_in_whatever_parts_they_come_and_none_is_longer_than_asked(int part)
    {
        var text = Encoding.UTF8.GetBytes("one\ntwo\r\n\n" + new string('x', 50) + "\nlast");
        var cutter = new LineCutter(10);
        var lines = new List<string>();

        for (var at = 0; at < text.Length; at += part)
            cutter.Add(text.AsSpan(at, Math.Min(part, text.Length - at)), line => lines.Add(Encoding.UTF8.GetString(line)));
        cutter.End(line => lines.Add(Encoding.UTF8.GetString(line)));

        Assert.Equal(["one", "two", "xxxxxxxxxx", "last"], lines.Where(line => line.Length > 0));
    }

    [Fact]
    public void Only_the_asked_part_of_a_file_is_read()
    {
        File.WriteAllText(_folder.File("x"), "first\n" + new string('y', 3 * PlainLines.Longest) + "\nlast");

        Assert.Equal(["last"], PlainLines.Last(_folder.File("x"), 5).Where(line => line.Length > 0));
        Assert.Equal(["first", "y"], PlainLines.First(_folder.File("x"), 7));
        Assert.Equal([5, PlainLines.Longest, 4], PlainLines.First(_folder.File("x"), long.MaxValue).Select(line => line.Length));
        Assert.Empty(PlainLines.First(_folder.File("none"), 5));
    }

    public void Dispose() => _folder.Dispose();

    private void Shell(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _folder.Path })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
