using System.Security.Cryptography;
using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Definitions;

namespace Experiments.Engine.Journal;

/// <summary>The fingerprint by which a resumed sweep knows its definition again.</summary>
public static class DefinitionHash
{
    /// <summary>Sixty-four hexadecimal digits over all that the definition says; comments, the order of keys and the file's name do not count.</summary>
    /// <param name="definition">The definition.</param>
    public static string Of(ExperimentDefinition definition)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(definition with { File = "" }, ExperimentsJson.Compact.ExperimentDefinition);
        return Convert.ToHexStringLower(SHA256.HashData(text));
    }
}
