namespace Experiments.Mlflow.Search;

/// <summary>One order such as <c>metrics.loss DESC</c>.</summary>
internal readonly record struct SortOrder(SearchField Field, bool Descending)
{
    public static SortOrder Parse(string text)
    {
        var trimmed = text.Trim();
        var space = trimmed.LastIndexOf(' ');
        var (field, descending) = (space < 0 ? "" : trimmed[(space + 1)..].ToUpperInvariant()) switch
        {
            "ASC" => (trimmed[..space].TrimEnd(), false),
            "DESC" => (trimmed[..space].TrimEnd(), true),
            _ => (trimmed, false),
        };
        return field.Length == 0
            ? throw SearchSyntax.Fault($"Invalid order_by clause '{text}'")
            : new SortOrder(SearchField.Parse(field), descending);
    }
}
