using Experiments.PyTorch.Interpreters;

namespace Experiments.PyTorch.Tests.Interpreters;

public sealed class InterpreterSearchTests
{
    private static readonly string[] Everything =
    [
        "/opt/python/bin/python3", "/venv/bin/python", "/conda/bin/python", "/uv/bin/python", "/home/me/project/.venv/bin/python",
        "/usr/bin/python3", "/usr/bin/python", "/home/me/project/env/bin/python",
    ];

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["PATH"] = "/usr/local/bin:/usr/bin", ["VIRTUAL_ENV"] = "/venv", ["CONDA_PREFIX"] = "/conda", ["UV_PROJECT_ENVIRONMENT"] = "/uv",
    };

    [Theory]
    [InlineData("", "/venv/bin/python", InterpreterSource.VirtualEnvironment)]
    [InlineData("VIRTUAL_ENV", "/conda/bin/python", InterpreterSource.Conda)]
    [InlineData("VIRTUAL_ENV CONDA_PREFIX", "/uv/bin/python", InterpreterSource.ProjectEnvironment)]
    [InlineData("VIRTUAL_ENV CONDA_PREFIX UV_PROJECT_ENVIRONMENT", "/home/me/project/.venv/bin/python", InterpreterSource.ProjectEnvironment)]
    public void The_active_environment_comes_before_the_projects_own(string unset, string file, InterpreterSource source)
    {
        var environment = Environment.Where(pair => !unset.Split(' ').Contains(pair.Key)).ToDictionary();
        Assert.Equal(new Interpreter(file, source), Find(null, environment, Everything));
    }

    [Fact]
    public void Without_an_environment_python3_of_the_path_is_taken_before_python()
    {
        var environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin" };
        Assert.Equal("/usr/bin/python3", Find(null, environment, ["/usr/local/bin/python", "/usr/bin/python3"])?.File);
        Assert.Equal("/usr/local/bin/python", Find(null, environment, ["/usr/local/bin/python"])?.File);
    }

    [Theory]
    [InlineData("/opt/python/bin/python3", "/opt/python/bin/python3")]
    [InlineData("python", "/usr/bin/python")]
    [InlineData("./env", "/home/me/project/env/bin/python")]
    [InlineData("env/bin/python", "/home/me/project/env/bin/python")]
    public void A_named_interpreter_may_be_a_path_a_name_or_an_environment(string python, string file) =>
        Assert.Equal(new Interpreter(file, InterpreterSource.Definition), Find(python, Environment, Everything));

    [Fact]
    public void A_named_interpreter_that_is_missing_is_not_replaced_by_another() =>
        Assert.Null(Find("/opt/python/bin/python2", Environment, Everything));

    private static Interpreter? Find(string? python, Dictionary<string, string> environment, string[] files)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths of Unix");
        var context = new InterpreterContext
        {
            Python = python, Script = "/home/me/project/src/run.py", BaseFolder = "/home/me/project", Environment = environment,
        };
        return InterpreterSearch.Find(context, file => files.Contains(file));
    }
}
