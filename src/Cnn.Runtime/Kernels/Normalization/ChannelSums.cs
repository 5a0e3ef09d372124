using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Sums over channels in double: four chains, one for each remainder of the index by 4, combined as (0 + 1) + (2 + 3).</summary>
/// <remarks>Scalar, because there is one number a channel where a map has one a position, and because double costs the vectors half their lanes.</remarks>
internal static class ChannelSums
{
    private interface ITerm
    {
        static abstract double Of(float a, float b, double centre);
    }

    /// <summary>Σ values.</summary>
    public static double Sum(ref float values, nint count) => Add<Value>(ref values, ref values, count, 0);

    /// <summary>Σ (values - centre)².</summary>
    public static double SquaredDeviations(ref float values, nint count, double centre) => Add<SquaredDeviation>(ref values, ref values, count, centre);

    /// <summary>Σ a b.</summary>
    public static double Dot(ref float a, ref float b, nint count) => Add<Product>(ref a, ref b, count, 0);

    private static double Add<TTerm>(ref float a, ref float b, nint count, double centre)
        where TTerm : struct, ITerm
    {
        double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        nint i = 0;
        for (; i <= count - 4; i += 4)
        {
            sum0 += Term<TTerm>(ref a, ref b, i, centre);
            sum1 += Term<TTerm>(ref a, ref b, i + 1, centre);
            sum2 += Term<TTerm>(ref a, ref b, i + 2, centre);
            sum3 += Term<TTerm>(ref a, ref b, i + 3, centre);
        }

        if (i < count)
            sum0 += Term<TTerm>(ref a, ref b, i, centre);
        if (i + 1 < count)
            sum1 += Term<TTerm>(ref a, ref b, i + 1, centre);
        if (i + 2 < count)
            sum2 += Term<TTerm>(ref a, ref b, i + 2, centre);
        return (sum0 + sum1) + (sum2 + sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Term<TTerm>(ref float a, ref float b, nint i, double centre)
        where TTerm : struct, ITerm => TTerm.Of(Unsafe.Add(ref a, i), Unsafe.Add(ref b, i), centre);

    private readonly struct Value : ITerm
    {
        public static double Of(float a, float b, double centre) => a;
    }

    private readonly struct SquaredDeviation : ITerm
    {
        public static double Of(float a, float b, double centre) => (a - centre) * (a - centre);
    }

    private readonly struct Product : ITerm
    {
        public static double Of(float a, float b, double centre) => (double)a * b;
    }
}
