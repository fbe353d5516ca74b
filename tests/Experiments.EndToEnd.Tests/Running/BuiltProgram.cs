namespace Experiments.EndToEnd.Tests.Running;

/// <summary>A program of this repository in the configuration that the tests were built in.</summary>
internal static class BuiltProgram
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;

    public static string PathOf(string project) => RepositoryFolder.Combine("artifacts", "bin", project, Configuration, project + ".dll");
}
