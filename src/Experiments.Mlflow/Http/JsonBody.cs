using System.Net.Http.Headers;

namespace Experiments.Mlflow.Http;

/// <summary>A JSON body of known length. JsonContent would be sent chunked, and servers answer a chunked body as if it were empty.</summary>
internal static class JsonBody
{
    public static ByteArrayContent Create(byte[] utf8Json)
    {
        var content = new ByteArrayContent(utf8Json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentLength = utf8Json.Length;
        return content;
    }
}
