using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>Linux's madvise, for whole pages inside a block. Elsewhere nothing happens.</summary>
internal static class MemoryAdvice
{
    /// <summary>Gives the advice for the pages that lie inside a block as a whole.</summary>
    /// <param name="address">The block's first byte.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="pageBytes">The size of a page.</param>
    /// <param name="advice">A number of sys/mman.h.</param>
    /// <returns>For how many bytes the system took the advice.</returns>
    public static nint Give(nint address, nint bytes, nint pageBytes, int advice)
    {
        nint start = (address + pageBytes - 1) / pageBytes * pageBytes;
        nint length = (address + bytes - start) / pageBytes * pageBytes;
        if (length <= 0 || !OperatingSystem.IsLinux())
            return 0;
        try
        {
            return Advise(start, (nuint)length, advice) == 0 ? length : 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system without the C library under its usual name has no advice to take.
            return 0;
        }
    }

    [DllImport("libc", EntryPoint = "madvise", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint address, nuint length, int advice);
}
