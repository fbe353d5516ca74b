using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>Takes one request from the door to the reply.</summary>
internal sealed class RequestHandler(MlflowDouble server, HttpContext context)
{
    private const string Api = "/api/2.0/mlflow/";
    private const string Ajax = "/ajax-api/2.0/mlflow/";
    private const string Proxy = "/api/2.0/mlflow-artifacts/artifacts";

    private bool IsNew => server.Version == MlflowVersion.V311;

    public async Task HandleAsync()
    {
        var path = context.Request.Path.Value!;
        if (path == "/health")
        {
            await Pages.WriteTextAsync(context, 200, "text/html; charset=utf-8", "OK");
            return;
        }

        if (await RefuseAsync())
        {
            return;
        }

        try
        {
            await RouteAsync(path);
        }
        catch (ServerFault fault)
        {
            await WriteJsonAsync(fault.Status, fault.ToJson(server.Version));
        }
        catch (MlflowException e)
        {
            // The search grammar is the product's own.
            await WriteJsonAsync(400, ServerFault.Invalid(e.Message).ToJson(server.Version));
        }
    }

    private async Task<bool> RefuseAsync()
    {
        if (IsNew && context.Request.Host.Host is not ("127.0.0.1" or "localhost"))
        {
            await Pages.WriteTextAsync(context, 403, "text/plain", "Invalid Host header - possible DNS rebinding attack detected");
            return true;
        }

        if (IsNew && context.Request.Headers.Origin is [{ } origin] && new Uri(origin).Host is not ("127.0.0.1" or "localhost"))
        {
            await Pages.WriteTextAsync(context, 403, "text/plain", "Cross-origin request blocked");
            return true;
        }

        var wanted = server.Credentials is { } credentials ? $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}" : null;
        if (wanted is not null && context.Request.Headers.Authorization != wanted)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"mlflow\"";
            await Pages.WriteTextAsync(context, 401, "text/html; charset=utf-8", "You are not authenticated. Please see the documentation.");
            return true;
        }

        return false;
    }

    private async Task RouteAsync(string path)
    {
        var artifacts = new ArtifactCalls(server, context);
        if (path.StartsWith(Proxy, StringComparison.Ordinal))
        {
            await artifacts.ProxyAsync(context.Features.Get<IHttpRequestFeature>()!.RawTarget[Proxy.Length..]);
        }
        else if (path is "/get-artifact")
        {
            await artifacts.GetAsync();
        }
        else if (path == Ajax + "upload-artifact")
        {
            await artifacts.UploadAsync();
        }
        else if (path.StartsWith("/api/2.0/mlflow-artifacts/mpu/create/", StringComparison.Ordinal))
        {
            await WriteJsonAsync(501, new ServerFault(501, "NOT_IMPLEMENTED", "Multipart upload is not supported").ToJson(server.Version));
        }
        else if (path == "/version")
        {
            await Pages.WriteTextAsync(context, 200, "text/html; charset=utf-8", IsNew ? "3.11.2.dev0" : "2.17.3");
        }
        else if (path == "/api/3.0/mlflow/server-info" && IsNew)
        {
            await WriteJsonAsync(200, new JsonObject { ["store_type"] = "SqlStore", ["workspaces_enabled"] = false });
        }
        else if (path == Ajax + "metrics/get-history-bulk")
        {
            var query = context.Request.Query;
            await WriteJsonAsync(200, Locked(() => new LoggingCalls(server.State, server.Version)
                .HistoryBulk(query["run_id"].Order(StringComparer.Ordinal)!, query["metric_key"]!, byStep: false)));
        }
        else
        {
            await CallAsync(path);
        }
    }

    private async Task CallAsync(string path)
    {
        var call = path.StartsWith(Api, StringComparison.Ordinal) ? path[Api.Length..] : path.StartsWith(Ajax, StringComparison.Ordinal) ? path[Ajax.Length..] : "";
        if (!Requests.All.TryGetValue(call, out var expected))
        {
            await Pages.WriteAsync(context, 404);
            return;
        }

        if (!expected.Methods.Split(' ').Contains(context.Request.Method))
        {
            context.Response.Headers.Allow = "OPTIONS, POST";
            await Pages.WriteAsync(context, 405);
            return;
        }

        if (await ReadAsync(expected.Type) is not { } json)
        {
            await Pages.WriteAsync(context, 500);
            return;
        }

        RequestRules.Check(call, json, server.Version);
        var reply = Locked(() => Calls.Answer(call, ProtoReader.Read(json, expected.Type), server.State, server.Version));
        await WriteJsonAsync(200, reply);
    }

    // Null: JSON that is no object, which servers choke on.
    private async Task<JsonObject?> ReadAsync(ProtoType.Message type)
    {
        if (context.Request.Method == "GET")
        {
            return FromQuery(type);
        }

        // A chunked body is lost by the servers of 3.x.
        var text = IsNew && context.Request.Headers.TransferEncoding.Count > 0
            ? ""
            : await new StreamReader(context.Request.Body).ReadToEndAsync();
        var contentType = context.Request.ContentType ?? throw ServerFault.Invalid("Bad Request. Content-Type header is missing.");
        if (!contentType.StartsWith("application/json", StringComparison.Ordinal))
        {
            throw ServerFault.Invalid("Bad Request. Content-Type must be one of ['application/json'].");
        }

        if (!LenientJson.TryParse(text, out var node))
        {
            return [];
        }

        return node as JsonObject;
    }

    private JsonObject FromQuery(ProtoType.Message type)
    {
        var json = new JsonObject();
        foreach (var (name, values) in context.Request.Query)
        {
            json[name] = type.Fields.GetValueOrDefault(name) is ProtoType.Repeated
                ? new JsonArray([.. values.Select(value => JsonValue.Create(value))])
                : JsonValue.Create(values.First());
        }

        return json;
    }

    private JsonObject Locked(Func<JsonObject> answer)
    {
        lock (server.State.Gate)
        {
            return answer();
        }
    }

    private async Task WriteJsonAsync(int status, JsonObject json) =>
        await Pages.WriteTextAsync(context, status, "application/json", json.ToJsonString());
}
