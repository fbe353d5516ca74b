namespace Experiments.PyTorch.Running;

/// <summary>Puts a launcher of several processes before a script.</summary>
internal static class Launcher
{
    /// <summary>
    /// The command. torchrun and accelerate are run as modules of the interpreter: the programs of these names on <c>PATH</c> may belong to another.
    /// </summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="launcher">The definition's <c>launcher</c>, filled in; empty for none.</param>
    /// <param name="script">The script and its arguments.</param>
    public static (string Program, IReadOnlyList<string> Arguments) Wrap(string python, string[] launcher, string[] script) => launcher switch
    {
        [] => (python, script),
        ["torchrun", .. var options] => (python, ["-m", "torch.distributed.run", .. options, .. script]),
        ["accelerate", "launch", .. var options] => (python, ["-m", "accelerate.commands.launch", .. options, .. script]),
        [['-', ..], ..] => (python, [.. launcher, .. script]),
        [var program, .. var options] => (program, [.. options, python, .. script]),
    };
}
