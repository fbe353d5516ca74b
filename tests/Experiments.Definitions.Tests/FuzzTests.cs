using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Experiments.Definitions.Tests;

/// <summary>Whatever the bytes are, reading ends soon, throws nothing and says what is wrong at a place within the file.</summary>
public sealed class FuzzTests : IDisposable
{
    private const string Signs = " \n\t:-{}[]&*!'\"|>#?,abc01.%@`\\";
    private static readonly string[] Seeds = [Examples.TorchSharp, Examples.PyTorch, Examples.Command];
    private static readonly string[] Words =
    [
        "\t", "\n", ": ", "- ", "{", "}", "[", "]", "&a ", "*a", "<<: ", "!!str ", "!x ", "'", "\"", "|\n", ">\n", "#", "? ", "---\n", "...\n", "%YAML 9\n", "~", "null",
        "\\UFFFFFFFF", "\"\\ud800\"", "\0", "\uFFFF", "1e999", ".nan", "0x", "-0", "{axis}", "{", "%", "\r", "\u2028", "exclude: ", "include: ", "env.A: ", "10%",
    ];

    private readonly Workplace _workplace = new();
    private readonly int _rounds = int.Parse(Environment.GetEnvironmentVariable("EXPERIMENTS_FUZZ_ROUNDS") ?? "1500", CultureInfo.InvariantCulture);

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("x.yaml")]
    [InlineData("x.json")]
    public void Random_bytes_are_read_or_refused(string name)
    {
        var random = new Random(1);
        for (var round = 0; round < _rounds; round++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            if (round % 2 == 0)
                for (var index = 0; index < bytes.Length; index++)
                    bytes[index] = (byte)Signs[bytes[index] % Signs.Length];
            Check(bytes, name);
        }
    }

    [Fact]
    public void Truncated_files_are_read_or_refused()
    {
        foreach (var seed in Seeds)
            for (var length = 0; length < seed.Length; length++)
                Check(Encoding.UTF8.GetBytes(seed[..length]), "x.yaml");
    }

    [Theory]
    [InlineData("x.yaml")]
    [InlineData("x.json")]
    public void Mutated_files_are_read_or_refused(string name)
    {
        var json = """{"name": "x", "train": {"command": ["ls", "{num_workers}"], "env": {"A": "b"}}, "matrix": {"num_workers": [0, 1], "lr": [1e-3, true, "a"]}, "limits": {"memory": "80%"}}""";
        var random = new Random(2);
        for (var round = 0; round < _rounds; round++)
        {
            var text = new StringBuilder(name == "x.json" ? json : Seeds[random.Next(Seeds.Length)]);
            for (var change = random.Next(1, 6); change > 0 && text.Length > 0; change--)
                Mutate(text, random);
            Check(Encoding.UTF8.GetBytes(text.ToString()), name);
        }
    }

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("- ", 100_000)]
    [InlineData("? ", 100_000)]
    [InlineData("&a ", 100_000)]
    [InlineData("a: &x [*x, *x]\n", 30_000)]
    [InlineData("a: 1\n", 200_000)]
    [InlineData("\"", 1_000_000)]
    [InlineData("{\"a\":", 100_000)]
    [InlineData("[1,", 300_000)]
    [InlineData(" ", 1_000_000)]
    [InlineData("#\n", 500_000)]
    [InlineData("a", 1_000_000)]
    [InlineData("\t", 1_000_000)]
    [InlineData("|\n", 300_000)]
    [InlineData("%A\n", 300_000)]
    [InlineData("!", 1_000_000)]
    [InlineData("---\n", 250_000)]
    public void A_large_file_of_one_thing_ends_soon(string part, int times)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, times)));

        Check(bytes, "x.yaml");
        Check(bytes, "x.json");
    }

    private static void Mutate(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length);
        switch (random.Next(5))
        {
            case 0:
                text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at));
                break;
            case 1:
                text.Insert(at, Words[random.Next(Words.Length)]);
                break;
            case 2:
                text[at] = (char)random.Next(1, 0x180);
                break;
            case 3:
                text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 60), text.Length - at)));
                break;
            default:
                var from = random.Next(text.Length);
                text.Insert(at, text.ToString(from, Math.Min(random.Next(1, 30), text.Length - from)));
                break;
        }
    }

    private void Check(byte[] bytes, string name)
    {
        var watch = Stopwatch.StartNew();
        var reading = DefinitionReader.Parse(bytes, _workplace.PathOf(name));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"took {watch.Elapsed}"); // a hang, not a benchmark
        Assert.Equal(reading.Definition is null, reading.Diagnostics.Any(diagnostic => diagnostic.Severity == Core.Diagnostics.DiagnosticSeverity.Error));
        Assert.All(reading.Diagnostics, diagnostic =>
        {
            Assert.True(diagnostic.Position is { Line: >= 1, Column: >= 1 }, diagnostic.ToString());
            Assert.DoesNotContain('\n', diagnostic.ToString());
        });
    }
}
