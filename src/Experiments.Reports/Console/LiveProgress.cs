using Spectre.Console;

namespace Experiments.Reports.Console;

/// <summary>A bar at the foot of a terminal, above which lines scroll.</summary>
internal sealed class LiveProgress : IAsyncDisposable
{
    private readonly TaskCompletionSource over;
    private readonly ProgressTask task;
    private readonly Task drawing;

    private LiveProgress(ProgressTask task, Task drawing, TaskCompletionSource over) => (this.task, this.drawing, this.over) = (task, drawing, over);

    public static async Task<LiveProgress> StartAsync(IAnsiConsole console)
    {
        var ready = new TaskCompletionSource<ProgressTask>(TaskCreationOptions.RunContinuationsAsynchronously);
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var drawing = console.Progress()
            .AutoClear(true).HideCompleted(true)
            .Columns(new SpinnerColumn(), new ProgressBarColumn { Width = 24 }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                ready.SetResult(context.AddTask("starting", maxValue: 1));
                await over.Task;
            });
        await Task.WhenAny(ready.Task, drawing); // drawing ends first only when it fails
        return ready.Task.IsCompleted ? new LiveProgress(await ready.Task, drawing, over) : throw new InvalidOperationException("The progress bar did not start.", drawing.Exception);
    }

    public void Show(double share, string description)
    {
        task.Value = Math.Clamp(share, 0, 1);
        task.Description = Markup.Escape(description);
    }

    public async ValueTask DisposeAsync()
    {
        over.TrySetResult();
        await drawing;
    }
}
