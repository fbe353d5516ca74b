using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Experiments.Processes.Memory.Windows;

/// <summary>A job object of Windows. It has not run on a real machine yet; what it hands on is tested from recorded bytes.</summary>
[SupportedOSPlatform("windows")]
internal sealed partial class JobObject : IJob
{
    private const string Kernel = "kernel32";
    private const uint SetQuotaAndTerminate = 0x0101; // PROCESS_SET_QUOTA | PROCESS_TERMINATE, which assigning asks for
    private const uint QueryAndReadMemory = 0x0410; // PROCESS_QUERY_INFORMATION | PROCESS_VM_READ

    private nint _job;

    private JobObject(nint job) => _job = job;

    /// <summary>Makes a job and puts a process into it; children that the process starts from then on are in it too.</summary>
    /// <param name="process">The process.</param>
    /// <param name="limitBytes">Most committed memory, or null.</param>
    /// <param name="reason">Why there is none.</param>
    internal static JobObject? TryCreate(int process, long? limitBytes, out string reason)
    {
        reason = "the job's structs are laid out for 64-bit Windows";
        if (!Environment.Is64BitProcess)
            return null;
        var job = new JobObject(CreateJob(0, 0));
        var handle = OpenProcess(SetQuotaAndTerminate, false, process);
        Span<byte> information = stackalloc byte[JobStructs.ExtendedLimitBytes];
        JobStructs.WriteLimits(limitBytes, information);
        var made = job._job != 0 && handle != 0
            && SetInformation(job._job, JobStructs.ExtendedLimitClass, ref MemoryMarshal.GetReference(information), information.Length) && Assign(job._job, handle);
        if (!made)
            reason = $"no job object: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}";
        if (handle != 0)
            _ = Close(handle);
        if (made)
            return job;
        job.Dispose();
        return null;
    }

    /// <inheritdoc />
    public bool Query(int informationClass, Span<byte> buffer) =>
        QueryInformation(_job, informationClass, ref MemoryMarshal.GetReference(buffer), buffer.Length, 0);

    /// <inheritdoc />
    public bool ReadProcess(int process, Span<byte> counters)
    {
        var handle = OpenProcess(QueryAndReadMemory, false, process);
        if (handle == 0)
            return false;
        var read = GetProcessMemory(handle, ref MemoryMarshal.GetReference(counters), counters.Length);
        _ = Close(handle);
        return read;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_job != 0)
            _ = Close(_job);
        _job = 0;
    }

    [LibraryImport(Kernel, EntryPoint = "CreateJobObjectW", SetLastError = true)]
    private static partial nint CreateJob(nint security, nint name);

    [LibraryImport(Kernel, EntryPoint = "SetInformationJobObject", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformation(nint job, int informationClass, ref byte information, int length);

    [LibraryImport(Kernel, EntryPoint = "QueryInformationJobObject", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool QueryInformation(nint job, int informationClass, ref byte information, int length, nint returned);

    [LibraryImport(Kernel, EntryPoint = "AssignProcessToJobObject", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Assign(nint job, nint process);

    [LibraryImport(Kernel, EntryPoint = "OpenProcess", SetLastError = true)]
    private static partial nint OpenProcess(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherit, int process);

    [LibraryImport(Kernel, EntryPoint = "K32GetProcessMemoryInfo", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetProcessMemory(nint process, ref byte counters, int length);

    [LibraryImport(Kernel, EntryPoint = "CloseHandle")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Close(nint handle);
}
