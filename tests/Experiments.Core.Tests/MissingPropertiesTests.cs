using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Core.Baselines;
using Experiments.Core.Pairs;
using Experiments.Core.Results;

namespace Experiments.Core.Tests;

/// <summary>Files of earlier versions lack what was added since: no reader leaves null where there must be something.</summary>
public sealed class MissingPropertiesTests
{
    public static TheoryData<Type> Types { get; } =
    [
        typeof(SweepResult), typeof(SweepReport), typeof(TrialResult), typeof(Assessment), typeof(ConfigurationVerdict), typeof(MemoryAdvice), typeof(Advice),
        typeof(TelemetrySummary), typeof(SweepManifest), typeof(MachineFingerprint), typeof(PairComparison), typeof(ComparisonReport), typeof(AdviceReport), typeof(Baseline),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void What_a_file_lacks_has_its_default(Type type)
    {
        var read = JsonSerializer.Deserialize(Least(type)!.ToJsonString(), type, ExperimentsJson.Indented)!;
        var nullability = new NullabilityInfoContext();
        Assert.All(
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite && !property.PropertyType.IsValueType && nullability.Create(property).ReadState == NullabilityState.NotNull),
            property => Assert.NotNull(property.GetValue(read)));
    }

    /// <summary>What must be in a file, and nothing else.</summary>
    private static JsonNode? Least(Type type)
    {
        if (type == typeof(string))
            return "x";
        if (type == typeof(bool))
            return false;
        if (type == typeof(DateTimeOffset))
            return "2026-01-01T00:00:00+00:00";
        if (type.IsEnum)
            return JsonNamingPolicy.CamelCase.ConvertName(Enum.GetNames(type)[0]);
        if (type.IsPrimitive)
            return 1;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            return new JsonObject();
        if (typeof(IEnumerable).IsAssignableFrom(type))
            return new JsonArray();
        return new JsonObject(type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.IsDefined(typeof(RequiredMemberAttribute)))
            .Select(property => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(property.Name), Least(property.PropertyType))));
    }
}
