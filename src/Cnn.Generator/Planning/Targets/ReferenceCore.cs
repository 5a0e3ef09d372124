namespace Cnn.Generator.Planning;

/// <summary>
/// The one core by whose cycles and caches algorithms are chosen, and so what is summed in which order: the choice is a function of the layer alone, and
/// its bits are those of every instruction set with fused multiply-add. Nothing that changes a bit may look at another <see cref="Target"/>.
/// </summary>
/// <remarks>
/// A core with two 512-bit multiply-adds and two loads a cycle; on any other the arithmetic that Winograd's tiles save weighs more. A set's own row decides
/// on tiles of registers and panels, which change no bit.
/// </remarks>
public static class ReferenceCore
{
    private static readonly Target Core = Targets.Avx512;

    /// <summary>Floats of its vectors.</summary>
    public static int Lanes => Core.Lanes;

    /// <summary>Multiply-adds of vectors that it begins in a cycle, and loads.</summary>
    public const int MultiplyAddsOfCycle = 2;

    /// <summary>Cycles until a multiply-add's sum is there.</summary>
    public const double Latency = 4;

    /// <summary>Floats a cycle from the third-level cache.</summary>
    public const double ThirdLevelRate = 4;

    /// <summary>Floats a cycle from memory.</summary>
    public const double MemoryRate = 2;

    /// <summary>Floats of weights that stay in the second-level cache while a layer is computed: what it reads and writes has the rest.</summary>
    public static int ResidentFloats => Core.SecondLevelFloats * 5 / 8;

    /// <summary>Floats of weights that stay in the third-level cache beside those of other layers, and beside what other cores have there.</summary>
    public static int ThirdLevelResidentFloats => Core.ThirdLevelFloats / 2;

    /// <summary>
    /// Floats of weights that stay in the second-level cache from one image to the next: what the layers before and behind read and write passes through
    /// there too.
    /// </summary>
    public static int KeptFloats => Core.SecondLevelFloats * 3 / 16;

    /// <summary>Floats that the second-level cache keeps beside as many others while they are read again and again.</summary>
    public static int RereadFloats => Core.SecondLevelFloats * 3 / 8;

    /// <summary>Floats of an input that all blocks of outputs go over before they go on to the next.</summary>
    public static int InputStripFloats => Core.SecondLevelFloats / 8;

    /// <summary>Floats of a map that two kernels hand on without the first-level cache.</summary>
    public static int LoadedFloats => Core.SecondLevelFloats / 16;

    /// <summary>Floats of the points of a strip of Winograd's tiles, before and behind the products: the other half of the cache is for weights.</summary>
    public static int StripFloats => Core.SecondLevelFloats / 2;
}
