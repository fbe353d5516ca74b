using System.Text;

namespace Experiments.Tool.Starting;

/// <summary>The text of a first definition: small enough to run at once, with what people change next beside it.</summary>
internal static class FirstDefinition
{
    public static string Write(InspectedProject project)
    {
        var text = new StringBuilder();
        text.Append("# A first definition; every key is explained in docs/definition.md of Experiments.\n");
        text.Append("name: ").Append(project.Name).Append("\ntrain:\n");
        if (project.Script is not null)
        {
            text.Append("  pytorch: ").Append(project.Script).Append('\n');
            if (project.WorkersOption is { } option)
                text.Append("  args: [").Append(option).Append(", \"{num_workers}\"]       # add what your script needs\n");
        }
        else if (project.Assembly is not null)
        {
            text.Append("  torchsharp: My.Task                          # your class, see docs/own-task.md\n");
            text.Append("  assembly: ").Append(project.Assembly).Append('\n');
        }
        else
        {
            text.Append("  torchsharp: utterance-fusion\n");
        }

        text.Append("  warmup_steps: 5\n  steps: 30\n");
        if (project.Script is null)
            text.Append("datasets:\n  MELD-DA: {synthetic: meld-da, samples: 128}    # or {path: ../data/my-features}\n");
        text.Append("matrix:\n");
        if (project.Script is null)
            text.Append("  dataset: [MELD-DA]\n");
        text.Append("  num_workers: [0, 1, 2, 4]\n  pin_memory: [false, true]\nrepeats: 2\nlimits: {memory: 80%, timeout: 15m}\ngates:\n  throughput: {max_regression: 5%}\n");
        return text.ToString();
    }
}
