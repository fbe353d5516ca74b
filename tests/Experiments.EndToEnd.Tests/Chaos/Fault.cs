using System.Globalization;

namespace Experiments.EndToEnd.Tests.Chaos;

/// <summary>What fails: <paramref name="Times"/> calls of a kind from the <paramref name="At"/>-th on (0: all), with a number of <c>errno</c>.</summary>
internal sealed record Fault(string Kind, int At, int Times, int Number)
{
    private const int Eperm = 1, Enoent = 2, Esrch = 3, Eio = 5, Eagain = 11, Enomem = 12, Eacces = 13, Emfile = 24, Enospc = 28, Edquot = 122;

    private static readonly (string Kind, int[] Numbers)[] Kinds =
    [
        ("read", [Eio]), ("write", [Eio, Enospc, Edquot]), ("rename", [Eio, Eacces, Enospc]), ("open", [Eacces, Emfile, Eio, Enospc]), ("sync", [Eio]),
        ("launch", [Eagain, Enomem, Enoent]), ("kill", [Eperm, Esrch]), ("full", [Enospc]), ("console", [Enospc, Eio]),
    ];

    /// <summary>The fault of a seed, somewhere in what an undisturbed sweep calls.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="calls">How often an undisturbed sweep calls what, by kind.</param>
    public static Fault Of(int seed, IReadOnlyDictionary<string, int> calls)
    {
        var random = new Random(seed);
        var (kind, numbers) = Kinds[seed % Kinds.Length];
        var at = random.Next(calls[kind == "full" ? "write" : kind]) + 1;
        return new Fault(kind, at, random.Next(4) switch { 0 => 0, 1 => 3, _ => 1 }, numbers[random.Next(numbers.Length)]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {At}, {(Times == 0 ? "all" : Times)} times, errno {Number}");
}
