using System.Text.RegularExpressions;
using Experiments.Core.Definitions;

namespace Experiments.Definitions.Keys;

/// <summary>The kinds of value that several keys have.</summary>
internal static partial class Kinds
{
    public const string EnvironmentNameAllowed = "use letters, digits and _, no digit first; names that begin with EXPERIMENTS_ are the program's own";
    private const string SizePattern = "[0-9]+(\\.[0-9]+)? ?(B|[kKMGT]B|[KMGT]iB)";
    private const string SharePattern = "[0-9]+(\\.[0-9]+)? ?%";

    private static readonly string[] SizeUnits = ["GiB", "GB", "MiB", "MB", "KiB", "kB", "TiB", "TB", "B"];

    /// <summary>Text that may be empty.</summary>
    public static TextKind AnyText { get; } = new("a text") { AllowsEmpty = true };

    public static PathKind FilePath { get; } = new();

    public static QuantityKind Size { get; } = new("a size such as `12GiB` or `500MB`", $"^{SizePattern}$", text => Quantities.WholeBytes(text), bytes => Quantities.Size((long)bytes))
    {
        IsInRange = bytes => (long)bytes is >= 1 and < long.MaxValue,
        Range = "at least 1B and less than 8 EiB",
        Units = SizeUnits,
    };

    public static QuantityKind Growth { get; } = new("a size for each step such as `1MiB/step`", $"^{SizePattern} ?/step$", text => Quantities.BytesPerStep(text), bytes => Quantities.Size((double)bytes) + "/step")
    {
        IsInRange = bytes => (double)bytes < long.MaxValue,
        Range = "less than 8 EiB a step",
        Suffix = "/step",
    };

    public static QuantityKind Memory { get; } = new("a size such as `12GiB` or a share such as `80%`", $"^({SizePattern}|{SharePattern})$", Quantities.Memory, Quantities.Memory)
    {
        IsInRange = limit => limit is MemoryLimit { Percent: null or (> 0 and <= 100), Bytes: null or (> 0 and < long.MaxValue) },
        Range = "more than 0, and as a share at most 100%",
        Units = SizeUnits,
    };

    /// <summary>A size as Slurm writes it too: its <c>64G</c> are GiB.</summary>
    public static QuantityKind SlurmMemory { get; } = new("a size such as `64G` or `64GiB`", $"^({SizePattern}|[0-9]+[KMGT])$", text => Quantities.WholeBytes(text.Length > 1 && char.IsAsciiDigit(text[^2]) && text[^1] is 'K' or 'M' or 'G' or 'T' ? text + "iB" : text), bytes => Quantities.Size((long)bytes))
    {
        IsInRange = bytes => (long)bytes is >= 1 << 20 and < long.MaxValue,
        Range = "at least 1MiB and less than 8 EiB",
        Units = SizeUnits,
    };

    public static QuantityKind Timeout { get; } = new("a duration such as `15m`, `90s` or `1h30m`", "^([0-9]+(\\.[0-9]+)?(d|h|ms|m|s))+$", text => Quantities.Duration(text), time => Quantities.Duration((TimeSpan)time))
    {
        IsInRange = time => (TimeSpan)time > TimeSpan.Zero && (TimeSpan)time <= TimeSpan.FromDays(30),
        Range = "more than 0 and at most 30d",
        Units = ["m", "s", "h", "d", "ms"],
    };

    public static QuantityKind Loss { get; } = new("a percentage such as `5%` or `0.05`", $"^{SharePattern}$", text => Quantities.Percent(text), Quantities.Percent)
    {
        IsInRange = percent => (double)percent is >= 0 and < 100,
        Range = "less than 100%",
        Suffix = "%",
    };

    public static QuantityKind Chance { get; } = new("a percentage such as `1%` or `0.01`", $"^{SharePattern}$", text => Quantities.Percent(text), Quantities.Percent)
    {
        IsInRange = percent => (double)percent is > 0 and <= 50,
        Range = "more than 0% and at most 50%",
        Suffix = "%",
    };

    public static QuantityKind Share { get; } = new("a percentage such as `90%` or `0.9`", $"^{SharePattern}$", text => Quantities.Percent(text), Quantities.Percent)
    {
        IsInRange = percent => (double)percent is >= 0 and <= 100,
        Range = "at most 100%",
        Suffix = "%",
    };

    /// <summary>As <see cref="Share"/>, read as 0 to 1.</summary>
    public static QuantityKind Fraction { get; } = new("a percentage such as `90%` or `0.9`", $"^{SharePattern}$", text => Quantities.Fraction(text), fraction => Quantities.Fraction((double)fraction))
    {
        IsInRange = fraction => (double)fraction is >= 0 and <= 1,
        Range = "at most 100%",
        Suffix = "%",
    };

    public static QuantityKind Number { get; } = new("a number such as `0.5`", "^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$", text => Quantities.Number(text), number => Quantities.Plain((double)number))
    {
        IsInRange = _ => true,
        Range = "",
    };

    public static QuantityKind Date { get; } = new("a date such as `2027-01-31`", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", text => Quantities.Date(text), date => Quantities.Date((DateOnly)date))
    {
        IsInRange = _ => true,
        Range = "",
    };

    public static QuantityKind Increase { get; } = new("a percentage such as `10%` or `0.1`", $"^{SharePattern}$", text => Quantities.Percent(text), Quantities.Percent)
    {
        IsInRange = percent => (double)percent <= 100_000,
        Range = "at most 100000%",
        Suffix = "%",
    };

    [GeneratedRegex(@"\A(?!EXPERIMENTS_)[A-Za-z_][A-Za-z0-9_]*\z")]
    public static partial Regex EnvironmentName();
}
