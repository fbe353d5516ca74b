using System.Text;

namespace Experiments.Reports.Files;

/// <summary>Writes whole files: to a temporary name beside the target, then moved, so that readers see the old or the new one.</summary>
internal static class AtomicFile
{
    public static Task WriteAsync(string path, string content, CancellationToken cancellationToken) =>
        WriteAsync(path, Encoding.UTF8.GetBytes(content), cancellationToken);

    public static async Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            await File.WriteAllBytesAsync(temporary, content, cancellationToken);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
