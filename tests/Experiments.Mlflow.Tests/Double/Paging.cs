using System.Text.Json.Nodes;
using Experiments.Mlflow.Search;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>Cuts a page out of results.</summary>
internal static class Paging
{
    public static JsonObject Write(string name, IEnumerable<JsonObject> items, long maxResults, string? token)
    {
        var offset = PageToken.Read(token);
        var page = items.Skip((int)offset).Take((int)maxResults + 1).ToList();
        var json = new JsonObject();
        ServerJson.AddList(json, name, page.Take((int)maxResults));
        if (page.Count > maxResults)
        {
            json["next_page_token"] = PageToken.Write(offset + maxResults);
        }

        return json;
    }
}
