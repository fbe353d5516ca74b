using System.Text;
using Experiments.Core.Diagnostics;
using Experiments.Shared;

namespace Experiments.Definitions;

/// <summary>A definition's bytes, checked to be a text of reasonable size.</summary>
internal static class DefinitionText
{
    /// <summary>Most bytes that a definition may have.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The file's bytes without a byte order mark, or null after a diagnostic. Reads no more than a definition may have.</summary>
    public static byte[]? ReadFile(string path, List<Diagnostic> diagnostics)
    {
        try
        {
            using var file = PlainFile.Open(path);
            var buffer = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length <= MaxBytes)
                return buffer[..length];
            diagnostics.Add(DefinitionDiagnostics.FileTooLarge.Error("the file is larger than 1 MiB, the most that a definition may have", new SourcePosition(path, 1, 1)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            diagnostics.Add(DefinitionDiagnostics.UnreadableFile.Error(Reason(path, exception), new SourcePosition(path, 1, 1)));
        }
        return null;
    }

    /// <summary>The text, or null after a diagnostic that names the first byte that is not UTF-8.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, string path, List<Diagnostic> diagnostics)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            var valid = bytes[..Math.Max(exception.Index, 0)];
            var line = valid.Count((byte)'\n') + 1;
            var column = Encoding.UTF8.GetCharCount(valid[(valid.LastIndexOf((byte)'\n') + 1)..]) + 1;
            var wrong = Convert.ToHexString(exception.BytesUnknown ?? []);
            diagnostics.Add(DefinitionDiagnostics.NotUtf8.Error($"the bytes 0x{wrong} are not UTF-8", new SourcePosition(path, line, column)));
            return null;
        }
    }

    private static string Reason(string path, Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "the file does not exist",
        _ when Directory.Exists(path) => "this is a folder, not a file",
        UnauthorizedAccessException => "you may not read the file",
        _ => exception.Message,
    };
}
