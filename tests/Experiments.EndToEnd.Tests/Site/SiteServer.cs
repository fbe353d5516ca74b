using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Experiments.EndToEnd.Tests.Site;

/// <summary>Serves a folder, and beside it a page that types into the search of <c>index.html</c> and tells what came of it.</summary>
internal sealed class SiteServer : IAsyncDisposable
{
    private const string Visitor = """
        <!doctype html><iframe src="/index.html" width="1200" height="900"></iframe>
        <script type="module">
        const frame = document.querySelector('iframe')
        const until = async look => { for (;;) { const found = look(); if (found) return found; await new Promise(go => setTimeout(go, 50)) } }
        const box = await until(() => frame.contentDocument?.querySelector('#search-query:not([disabled])'))
        box.value = 'SEARCHED'
        box.dispatchEvent(new Event('input', { bubbles: true }))
        const hits = await until(() => { const links = [...frame.contentDocument.querySelectorAll('#search-results a')]; return links.length && links.map(link => link.href) })
        const requests = frame.contentWindow.performance.getEntriesByType('resource').map(entry => entry.name)
        await fetch('/answer', { method: 'POST', body: JSON.stringify({ hits, requests }) })
        </script>
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly WebApplication _application;
    private readonly TaskCompletionSource<SearchAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiteServer(string folder, string searched)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), ServeUnknownFileTypes = true });
        _application.MapGet("/visitor", () => Results.Text(Visitor.Replace("SEARCHED", searched, StringComparison.Ordinal), "text/html"));
        _application.MapPost("/answer", async (HttpContext request) =>
            _answer.TrySetResult((await JsonSerializer.DeserializeAsync<SearchAnswer>(request.Request.Body, Json, request.RequestAborted))!));
    }

    public string Address => _application.Urls.Single();

    /// <summary>What the visitor found.</summary>
    public Task<SearchAnswer> Answer => _answer.Task;

    /// <summary>Begins to serve.</summary>
    public static async Task<SiteServer> StartAsync(string folder, string searched)
    {
        var server = new SiteServer(folder, searched);
        await server._application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
