using System.Runtime.InteropServices;
using System.Text;

namespace Cnn;

/// <summary>What Linux knows of a file and .NET does not tell: its kind and its owner.</summary>
/// <param name="IsRegular">Whether it has content of its own, and is no pipe, socket, device or folder.</param>
/// <param name="Owner">The owner's number.</param>
/// <param name="Group">The group's number.</param>
internal readonly record struct FileStatus(bool IsRegular, uint Owner, uint Group)
{
    // Numbers of fcntl.h and linux/stat.h.
    private const int CurrentFolder = -100;
    private const uint KindModeAndOwner = 0x1B;
    private const int KindOfMode = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>The status of what a path leads to; null where nothing is there, where the C library does not tell, and elsewhere than on Linux.</summary>
    public static FileStatus? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return GetStatus(CurrentFolder, Terminated(path), 0, KindModeAndOwner, out Status status) == 0
                ? new FileStatus((status.Mode & KindOfMode) == Regular, status.Owner, status.Group)
                : null;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Gives a file this owner and group.</summary>
    /// <returns>False where this process may not.</returns>
    public bool TryGiveTo(string path) => SetOwner(Terminated(path), Owner, Group) == 0;

    private static byte[] Terminated(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetStatus(int folder, byte[] path, int flags, uint mask, out Status status);

    [DllImport("libc", EntryPoint = "chown", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOwner(byte[] path, uint owner, uint group);

    /// <summary>struct statx, whose places are the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
