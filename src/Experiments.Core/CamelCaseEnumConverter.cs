using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Core;

/// <summary>Writes an enum as its camelCase word.</summary>
/// <typeparam name="T">The enum.</typeparam>
internal sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
