using System.Runtime.Versioning;

namespace Cnn.CompilerServices;

/// <summary>Where threads can be started: everywhere but on WebAssembly.</summary>
internal static class ThreadSupport
{
    /// <summary>Whether a thread can be started.</summary>
    [UnsupportedOSPlatformGuard("browser")]
    [UnsupportedOSPlatformGuard("wasi")]
    public static bool IsAvailable => !OperatingSystem.IsBrowser() && !OperatingSystem.IsWasi();

    /// <summary>How many threads work, the caller's included.</summary>
    /// <param name="threads">The number that the user gave; 0 is as many as there are cores.</param>
    /// <param name="available">Whether threads can be started.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="PlatformNotSupportedException">Threads cannot be started, and more than the caller's is asked for.</exception>
    public static int Count(int threads, bool available)
    {
        if (threads < 0)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "The number of threads must not be negative: give at least 1, or 0 for all cores.");
        if (available)
            return threads == 0 ? Environment.ProcessorCount : threads;
        if (threads > 1)
        {
            throw new PlatformNotSupportedException(
                $"The number of threads is {threads}, and .NET on WebAssembly has the caller's alone. Give 1, or 0 for as many as there are; "
                + "results do not depend on it.");
        }

        return 1;
    }
}
