using Microsoft.AspNetCore.Http;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>The pages in HTML that servers answer with where no JSON comes.</summary>
internal static class Pages
{
    public static async Task WriteAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync($"<!doctype html>\n<html lang=en>\n<title>{status}</title>\n<h1>{status}</h1>\n");
    }

    public static async Task WriteTextAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(text);
    }
}
