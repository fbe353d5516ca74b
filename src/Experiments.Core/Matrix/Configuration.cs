using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Experiments.Core.Matrix;

/// <summary>One point of the matrix.</summary>
public sealed record Configuration
{
    /// <summary>Twelve hexadecimal digits of the SHA-256 of the sorted <c>name=value</c> lines: stable across sweeps and under reordering.</summary>
    public required string Id { get; init; }

    /// <summary>The values by axis, in the order of the matrix.</summary>
    public required IReadOnlyDictionary<string, AxisValue> Values { get; init; }

    /// <summary>The words people read: <c>dataset=MELD-DA num_workers=4 pin_memory=true</c>; invisible characters are written out.</summary>
    [JsonIgnore]
    public string Name => VisibleText.Of(string.Join(' ', Values.Select(value => $"{value.Key}={value.Value.Text}")));

    /// <summary>The dataset's name, or null when the matrix has no such axis.</summary>
    [JsonIgnore]
    public string? Dataset => Values.TryGetValue(AxisNames.Dataset, out var value) ? value.Text : null;

    /// <summary>The number of loader workers, or null when the matrix has no such axis.</summary>
    [JsonIgnore]
    public int? NumWorkers =>
        Values.TryGetValue(AxisNames.NumWorkers, out var value) && value.AsInteger() is { } count and >= 0 and <= int.MaxValue ? (int)count : null;

    /// <summary>Whether memory is pinned, or null when the matrix has no such axis.</summary>
    [JsonIgnore]
    public bool? PinMemory => Values.TryGetValue(AxisNames.PinMemory, out var value) ? value.AsBoolean() : null;

    /// <summary>A configuration with the id that follows from its values.</summary>
    /// <param name="values">The values by axis, in the order in which they are shown.</param>
    public static Configuration Create(IReadOnlyDictionary<string, AxisValue> values)
    {
        var lines = new string[values.Count];
        var count = 0;
        foreach (var (name, value) in values)
            lines[count++] = Escape(name) + "=" + Escape(value.Text);
        Array.Sort(lines, StringComparer.Ordinal);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return new Configuration { Id = Convert.ToHexStringLower(hash.AsSpan(0, 6)), Values = values };
    }

    /// <summary>Configurations are equal when their ids are.</summary>
    /// <param name="other">The other configuration.</param>
    public bool Equals(Configuration? other) => other is not null && string.Equals(Id, other.Id, StringComparison.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    // Values that hold line breaks must not look like two lines.
    private static string Escape(string text) =>
        text.AsSpan().ContainsAny('\\', '\n') ? text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) : text;
}
