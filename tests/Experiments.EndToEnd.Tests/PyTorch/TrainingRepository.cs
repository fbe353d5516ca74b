using System.Diagnostics;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.PyTorch;

/// <summary>A git repository with a training and its definition, <c>project/train.py</c> and <c>project/sweep.yaml</c>.</summary>
internal sealed class TrainingRepository : IDisposable
{
    /// <summary>A loader-bound training with two workers, which are stopped and let go on with it. The dataset sleeps for each sample.</summary>
    public const string Training = """
        import time, torch
        from torch.utils.data import DataLoader, Dataset

        class Rows(Dataset):
            def __len__(self):
                return 100000

            def __getitem__(self, index):
                time.sleep(0.001)
                return torch.ones(8)

        if __name__ == "__main__":
            model = torch.nn.Linear(8, 1)
            optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
            for batch in DataLoader(Rows(), batch_size=8, num_workers=2, timeout=20):
                optimizer.zero_grad()
                model(batch).mean().backward()
                optimizer.step()
        """;

    public Workspace Workspace { get; } = new();

    /// <summary>Writes both and commits them, as <c>begin</c>.</summary>
    /// <param name="more">What else stands in the definition, below the keys of <c>train</c>.</param>
    public void Begin(string more = "")
    {
        TorchPython.Require();
        Workspace.Write(".gitignore", ".experiments\n");
        Workspace.Write("project/train.py", Training);
        Workspace.Write("project/sweep.yaml", $"name: old-and-new\nmatrix: {{num_workers: [2]}}\ntrain:\n  pytorch: train.py\n  python: {TorchPython.Program}\n  warmup_steps: 3\n{more}");
        Git("init", "-q");
        Commit("Begin");
        Git("tag", "begin");
    }

    /// <summary>Commits all that changed.</summary>
    public void Commit(string subject)
    {
        Git("add", "-A");
        Git("-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "-q", "-m", subject);
    }

    public void Dispose() => Workspace.Dispose();

    private void Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Workspace.Folder })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
