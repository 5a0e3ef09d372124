using System.Runtime.Intrinsics;
using Cnn.CompilerServices;

namespace Cnn.Runtime.Tests.Kernels;

public sealed class FunctionTests
{
    private static readonly Dictionary<string, (Func<double, double> Oracle, double Ulps)> Bounds = new()
    {
        ["Exp"] = (Math.Exp, 1.5),
        ["Expm1"] = (Oracle.Expm1, 2),
        ["Log"] = (Math.Log, 1.5),
        ["Log1p"] = (Oracle.Log1p, 2),
        ["Sigmoid"] = (Oracle.Sigmoid, 2.5),
        ["Tanh"] = (Math.Tanh, 3),
        ["Erf"] = (Oracle.Erf, 2),
    };

    public static TheoryData<string> Names => [.. Bounds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_keeps_its_documented_bound_over_the_whole_range_of_floats(string name)
    {
        (Func<double, double> oracle, double ulps) = Bounds[name];
        float[] x = Sweep();
        float[] y = Compute<Simd256, Vector256<float>>(name, x);
        for (int i = 0; i < x.Length; i++)
            Tolerance.Elementwise(ulps, oracle(x[i]), y[i], $"{name}({x[i]:r})");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_has_the_same_bits_at_every_width(string name)
    {
        float[] x = Sweep();
        float[] expected = Compute<SimdScalar, float>(name, x);
        Tolerance.SameOrder(expected, Compute<Simd128, Vector128<float>>(name, x), "128 bits");
        Tolerance.SameOrder(expected, Compute<Simd256, Vector256<float>>(name, x), "256 bits");
        Tolerance.SameOrder(expected, Compute<Simd512, Vector512<float>>(name, x), "512 bits");
    }

    [Theory]
    [InlineData("Exp", float.NegativeInfinity, 0f)]
    [InlineData("Exp", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Exp", 0f, 1f)]
    [InlineData("Expm1", float.NegativeInfinity, -1f)]
    [InlineData("Expm1", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Expm1", 1e-37f, 1e-37f)]
    [InlineData("Log", 0f, float.NegativeInfinity)]
    [InlineData("Log", -1f, float.NaN)]
    [InlineData("Log", float.NegativeInfinity, float.NaN)]
    [InlineData("Log", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Log", 1f, 0f)]
    [InlineData("Log1p", -1f, float.NegativeInfinity)]
    [InlineData("Log1p", -2f, float.NaN)]
    [InlineData("Log1p", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("Log1p", float.Epsilon, float.Epsilon)]
    [InlineData("Sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("Sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("Tanh", float.NegativeInfinity, -1f)]
    [InlineData("Tanh", float.PositiveInfinity, 1f)]
    [InlineData("Tanh", -0f, -0f)]
    [InlineData("Erf", float.NegativeInfinity, -1f)]
    [InlineData("Erf", float.PositiveInfinity, 1f)]
    [InlineData("Erf", -0f, -0f)]
    public void The_ends_of_a_function_are_its_limits(string name, float x, float expected)
    {
        float[] row = Enumerable.Repeat(x, 16).ToArray();
        Tolerance.Exact(Enumerable.Repeat(expected, 16).ToArray(), Compute<SimdScalar, float>(name, row), name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_NaN_stays_a_NaN(string name)
        => Assert.All(Compute<Simd256, Vector256<float>>(name, Enumerable.Repeat(float.NaN, 16).ToArray()), y => Assert.True(float.IsNaN(y)));

    /// <summary>Every 20,011th of the 2³² bit patterns, which cover all exponents and both signs, [-8, 8] more densely, and special values.</summary>
    private static float[] Sweep()
    {
        List<float> values = [.. TestData.Special];
        for (long bits = int.MinValue; bits <= int.MaxValue; bits += 20_011)
            values.Add(BitConverter.Int32BitsToSingle((int)bits));
        values.AddRange(TestData.Uniform(1 << 16, 1, -8f, 8f));
        values.AddRange(TestData.Uniform(1 << 14, 2, -104.5f, 89f));
        while (values.Count % 16 != 0)
            values.Add(0.25f);
        return values.ToArray();
    }

    private static float[] Compute<TSimd, TVector>(string name, float[] x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Func<TVector, TVector> function = name switch
        {
            "Exp" => Functions.Exp<TSimd, TVector>,
            "Expm1" => Functions.Expm1<TSimd, TVector>,
            "Log" => Functions.Log<TSimd, TVector>,
            "Log1p" => Functions.Log1p<TSimd, TVector>,
            "Sigmoid" => Functions.Sigmoid<TSimd, TVector>,
            "Tanh" => Functions.Tanh<TSimd, TVector>,
            "Erf" => Functions.Erf<TSimd, TVector>,
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
        float[] y = new float[x.Length];
        for (int i = 0; i < x.Length; i += TSimd.Lanes)
            TSimd.Store(function(TSimd.Load(ref x[0], i)), ref y[0], i);
        return y;
    }
}
