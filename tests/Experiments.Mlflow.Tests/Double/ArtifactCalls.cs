using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>The calls that concern artifacts.</summary>
internal sealed class ArtifactCalls(MlflowDouble server, HttpContext context)
{
    /// <summary>Upload, download, list and delete through the proxy; the path comes as it was sent, still escaped.</summary>
    public async Task ProxyAsync(string rawPath)
    {
        var path = rawPath.Split('?')[0];
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            await Pages.WriteAsync(context, 308);
            return;
        }

        path = Uri.UnescapeDataString(path.TrimStart('/'));
        if (path.Length == 0)
        {
            await WriteAsync(server.Artifacts.List(context.Request.Query["path"].FirstOrDefault() ?? "", ""));
            return;
        }

        switch (context.Request.Method)
        {
            case "PUT":
                // A chunked body is lost by the servers of 3.x, which store nothing and say that all is well.
                var isLost = server.Version == MlflowVersion.V311 && context.Request.Headers.TransferEncoding.Count > 0;
                await server.Artifacts.WriteAsync(path, isLost ? Stream.Null : context.Request.Body);
                await WriteAsync([]);
                break;
            case "DELETE":
                server.Artifacts.Delete(path);
                await WriteAsync([]);
                break;
            default:
                await SendAsync(path, isProxy: true);
                break;
        }
    }

    public Task GetAsync() => SendAsync($"{PathOf(context.Request.Query["run_uuid"]!)}/{context.Request.Query["path"]}", isProxy: false);

    public async Task UploadAsync()
    {
        await server.Artifacts.WriteAsync($"{PathOf(context.Request.Query["run_uuid"]!)}/{context.Request.Query["path"]}", context.Request.Body);
        context.Response.ContentType = "text/html; charset=utf-8";
    }

    public static JsonObject List(ProtoMessage request, ServerState state)
    {
        var run = state.Run(request.Text("run_id"));
        var folder = ArtifactFiles.CheckPath(request.Text("path"));
        var reply = state.ListArtifacts($"{run.ExperimentId}/{run.Id}/artifacts/{folder}", folder.Length == 0 ? "" : $"{folder}/");
        var json = new JsonObject { ["root_uri"] = run.ArtifactUri };
        if (reply["files"]?.DeepClone() is { } files)
        {
            json["files"] = files;
        }

        return json;
    }

    private string PathOf(string runId)
    {
        var run = server.State.Run(runId);
        return $"{run.ExperimentId}/{run.Id}/artifacts";
    }

    private async Task SendAsync(string path, bool isProxy)
    {
        if (server.Artifacts.IsFolder(path))
        {
            await Pages.WriteAsync(context, 500);
            return;
        }

        var file = server.Artifacts.Find(path);
        if (!file.Exists)
        {
            if (server.Version == MlflowVersion.V217)
            {
                if (isProxy)
                {
                    throw new ServerFault(500, "INTERNAL_ERROR", $"No such file: '{path}'");
                }

                await Pages.WriteAsync(context, 500);
                return;
            }

            throw ServerFault.NotFound($"No such artifact: '{path}'");
        }

        context.Response.ContentType = file.Extension == ".txt" ? "text/plain" : "application/octet-stream";
        context.Response.ContentLength = file.Length;
        await context.Response.SendFileAsync(file.FullName);
    }

    private async Task WriteAsync(JsonObject json) => await Pages.WriteTextAsync(context, 200, "application/json", json.ToJsonString());
}
