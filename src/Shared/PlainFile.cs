using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Experiments.Shared;

/// <summary>
/// Opens files that others wrote. Opening a pipe would wait for its writer, and reading a device might never end: what is no plain file is refused at once.
/// </summary>
internal static class PlainFile
{
    private const int NoSuchFile = 2; // ENOENT
    private const int NoFolder = 20; // ENOTDIR
    private const int NoDevice = 6; // ENXIO: a socket
    private const int NotPermitted = 13; // EACCES
    private const int NeverEndingLink = 40; // ELOOP
    private const int NeverEndingLinkOfMacOS = 62;

    /// <summary>O_NONBLOCK, O_NOCTTY and O_CLOEXEC, beside O_RDONLY, which is 0.</summary>
    private static int Flags => OperatingSystem.IsMacOS() ? 0x4 | 0x20000 | 0x1000000 : 0x800 | 0x100 | 0x80000;

    /// <summary>Opens a file for reading, without a buffer. Others may go on writing to it, move and delete it.</summary>
    /// <param name="path">The file; a link is followed.</param>
    /// <returns>The file; null when there is none.</returns>
    /// <exception cref="RefusedException">It is a folder, a pipe, a socket, a device or a link that leads in a circle, or it may not be read.</exception>
    /// <exception cref="IOException">It cannot be opened now.</exception>
    public static FileStream? TryOpen(string path)
    {
        if (Directory.Exists(path))
            throw new RefusedException($"'{path}' is a folder, no file");
        if (OperatingSystem.IsWindows())
            return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0) : null;
        var descriptor = Open(Encoding.UTF8.GetBytes(path + '\0'), Flags);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            var message = $"'{path}' cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}";
            return error switch
            {
                NoSuchFile or NoFolder => null,
                NoDevice or NotPermitted or NeverEndingLink or NeverEndingLinkOfMacOS => throw new RefusedException(message),
                _ => throw new IOException(message), // too many open files, say: the next moment it may be opened
            };
        }

        var file = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, 0);
        if (IsPlain(file))
            return file;
        file.Dispose();
        throw new RefusedException($"'{path}' is no plain file");
    }

    /// <summary>As <see cref="TryOpen"/>, where there must be a file.</summary>
    /// <param name="path">The file; a link is followed.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">It is no plain file, or it may not be read.</exception>
    public static FileStream Open(string path) => TryOpen(path) ?? throw new FileNotFoundException($"'{path}' does not exist", path);

    /// <summary>Whether something is in a path's place that <see cref="TryOpen"/> refuses, now and later.</summary>
    /// <param name="path">The path.</param>
    public static bool IsRefused(string path)
    {
        try
        {
            TryOpen(path)?.Dispose();
            return false;
        }
        catch (RefusedException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Pipes and terminals have no position; devices have one, and more to read than their length says.</summary>
    private static bool IsPlain(FileStream file)
    {
        try
        {
            return file.CanSeek && (file.Length > 0 || RandomAccess.Read(file.SafeFileHandle, new byte[1], 0) == 0 || file.Length > 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>What is there will never be read as a file.</summary>
    /// <param name="message">What it is.</param>
    public sealed class RefusedException(string message) : IOException(message);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);
}
