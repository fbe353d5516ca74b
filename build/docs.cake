// Docs: README and docs/ as a site that needs no network. Pictures: the picture of the README, made anew by the product.
using System.Text.RegularExpressions;

/// A page as the site has it: links to other pages stay, of links to the repository's other files the words.
string OnSite(string text, string folder) => Regex.Replace(text, @"\[(?<words>[^\]]+)\]\((?<to>[^)#\s]*)(?<heading>#[^)\s]+)?\)", link =>
{
    var to = link.Groups["to"].Value;
    if (to.Length == 0 || to.Contains("://"))
        return link.Value;
    var path = System.IO.Path.GetRelativePath(".", System.IO.Path.Combine(folder, to)).Replace('\\', '/');
    return path switch
    {
        "README.md" => $"[{link.Groups["words"]}](index.md{link.Groups["heading"]})",
        "docs/README.md" => $"[{link.Groups["words"]}](contents.md{link.Groups["heading"]})",
        _ when path.StartsWith("docs/") => $"[{link.Groups["words"]}]({path["docs/".Length..]}{link.Groups["heading"]})",
        _ => link.Groups["words"].Value,
    };
});

/// The table of contents, read from the index: a heading is a part, each link under it a page.
string ContentsOf(string index)
{
    var contents = new StringBuilder();
    foreach (var line in index.Split('\n').Select(line => line.TrimEnd()))
    {
        if (Regex.Match(line, "^## (.+)$") is { Success: true } part)
            contents.Append($"- name: \"{part.Groups[1]}\"\n  items:\n");
        else if (Regex.Match(line, @"^- \[([^\]]+)\]\(([^)]+\.md)\)") is { Success: true } page)
            contents.Append($"  - name: \"{page.Groups[1]}\"\n    href: {page.Groups[2]}\n");
    }

    return contents.ToString();
}

Task("Docs")
    .Description("Builds README and docs/ as a site in artifacts/docs, which needs no network. --serve shows it on http://localhost:8080.")
    .Does(() =>
{
    const string source = "./artifacts/docs-source";
    CleanDirectories(new[] { source, "./artifacts/docs" });
    CopyDirectory("./docs/images", source + "/images");
    CopyFile("./build/package/icon.png", source + "/images/icon.png");
    foreach (var page in GetFiles("./docs/*.md"))
    {
        var name = page.GetFilename().ToString();
        System.IO.File.WriteAllText($"{source}/{(name == "README.md" ? "contents.md" : name)}", OnSite(System.IO.File.ReadAllText(page.FullPath), "docs"));
    }

    System.IO.File.WriteAllText(source + "/index.md", OnSite(System.IO.File.ReadAllText("./README.md"), "."));
    System.IO.File.WriteAllText(source + "/toc.yml", ContentsOf(System.IO.File.ReadAllText("./docs/README.md")));
    Run("dotnet", "docfx build docs/docfx.json --warningsAsErrors");
    Information("The site: artifacts/docs. A browser searches it only from a server: dotnet cake --target=Docs --serve");
    if (HasArgument("serve"))
        Run("dotnet", "docfx serve artifacts/docs --port 8080");
});

Task("Pictures")
    .Description("Makes the picture in README anew: runs experiments/pytorch/blow-up.yaml and takes its chart. Needs Python with torch.")
    .IsDependentOn("BuildTool")
    .Does(() =>
{
    const string definition = "experiments/pytorch/blow-up.yaml";
    var exitCode = StartProcess("dotnet", new ProcessArgumentBuilder().Append("exec").AppendQuoted(ProgramOf("Experiments.Tool").FullPath).Append("run").Append(definition).RenderSafe());
    if (exitCode != 1)
        throw new CakeException(exitCode == 0 ? 1 : exitCode, $"{definition} is there to fail its gate, with exit code 1; it ended with {exitCode}.");
    var sweep = System.IO.Directory.GetDirectories("./.experiments/blow-up").Order().Last();
    CopyFile(GetFiles($"{sweep}/pictures/workers_*.png").Single(), "./docs/images/workers.png");
});
