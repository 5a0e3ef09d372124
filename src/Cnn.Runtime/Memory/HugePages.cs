namespace Cnn.CompilerServices;

/// <summary>Asks Linux to back a large block with pages of 2 MB. Weights that stream through the caches otherwise miss the address cache every 4 KB.</summary>
/// <remarks>
/// Only advice: where it is not heeded, nothing else changes. It is asked for before the block is first touched, and for whole pages inside it, so that no
/// more memory becomes resident than is written.
/// </remarks>
internal static class HugePages
{
    private const nint PageBytes = 2 << 20;

    /// <summary>MADV_HUGEPAGE of sys/mman.h, the same on x64 and Arm64.</summary>
    private const int UseHugePages = 14;

    /// <summary>Gives the advice for the huge pages inside a block; on other systems does nothing.</summary>
    /// <param name="address">The block's first byte.</param>
    /// <param name="bytes">Its length.</param>
    /// <returns>How many bytes the system agreed to back.</returns>
    public static nint Advise(nint address, nint bytes) => MemoryAdvice.Give(address, bytes, PageBytes, UseHugePages);
}
