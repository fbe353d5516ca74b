namespace Experiments.Mlflow.Search;

/// <summary>A field such as <c>metrics.`train/loss`</c>.</summary>
internal readonly record struct SearchField(SearchEntity Entity, string Key)
{
    public static SearchField Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return new SearchField(SearchEntity.Attribute, Unquote(text));
        }

        return new SearchField(ParseEntity(text[..dot]), Unquote(text[(dot + 1)..]));
    }

    private static SearchEntity ParseEntity(string name) => name switch
    {
        "metric" or "metrics" => SearchEntity.Metric,
        "param" or "params" or "parameter" or "parameters" => SearchEntity.Param,
        "tag" or "tags" => SearchEntity.Tag,
        "attribute" or "attributes" or "attr" or "run" => SearchEntity.Attribute,
        "dataset" or "datasets" => SearchEntity.Dataset,
        _ => throw SearchSyntax.Fault($"Invalid entity type '{name}'. Valid values are 'metric', 'parameter', 'tag', 'attribute', 'dataset'"),
    };

    private static string Unquote(string key) =>
        key.Length >= 2 && key[0] is '`' or '"' && key[^1] == key[0] ? key[1..^1] : key;
}
