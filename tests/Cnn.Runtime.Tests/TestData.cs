namespace Cnn.Runtime.Tests;

/// <summary>Inputs and guarded outputs of kernel tests.</summary>
internal static class TestData
{
    private const int Guard = 32;

    /// <summary>A value that no kernel writes: a NaN with a payload of its own.</summary>
    private const int Canary = unchecked((int)0xFFC0_0BAD);

    /// <summary>Values that break careless formulas: infinities, NaN, both zeros, denormals, the extremes, and where exponentials leave the range.</summary>
    public static readonly float[] Special =
    [
        0f, -0f, 1f, -1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, 1.17549435e-38f,
        -1.17549435e-38f, float.MaxValue, float.MinValue, 88.72f, 88.73f, -87.4f, -103.9f, -104.1f, 44.4f, -44.4f, 20f, 20.1f, 3f, -3f, 6f, 0.5f, -0.5f, 1e-8f,
        -1e-8f, 1e30f,
    ];

    public static float[] Uniform(int count, int seed, float low = -3f, float high = 3f)
    {
        Random random = new(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = low + (high - low) * random.NextSingle();
        return values;
    }

    /// <summary>An output of <paramref name="count"/> floats, unwritten, with a guard behind it.</summary>
    public static float[] Output(int count)
    {
        float[] values = new float[count + Guard];
        values.AsSpan().Fill(BitConverter.Int32BitsToSingle(Canary));
        return values;
    }

    /// <summary>The output without its guard, which nobody may have written.</summary>
    public static float[] Written(float[] output)
    {
        foreach (float guard in output.AsSpan(output.Length - Guard))
            Assert.True(IsUnwritten(guard), "the kernel wrote behind the end of its output");
        return output[..^Guard];
    }

    public static bool IsUnwritten(float value) => BitConverter.SingleToInt32Bits(value) == Canary;
}
