using System.Runtime.Intrinsics;
using Cnn.CompilerServices;

namespace Cnn.Runtime.Tests.Isa;

public sealed class SimdTests
{
    [Fact]
    public void Every_operation_has_the_same_bits_at_every_width()
    {
        float[] expected = Operations<SimdScalar, float>();
        Tolerance.SameOrder(expected, Operations<Simd128, Vector128<float>>(), "128 bits");
        Tolerance.SameOrder(expected, Operations<Simd256, Vector256<float>>(), "256 bits");
        Tolerance.SameOrder(expected, Operations<Simd512, Vector512<float>>(), "512 bits");
        Tolerance.SameOrder(expected, Operations<SimdPair<Simd256, Vector256<float>>, VectorPair<Vector256<float>>>(), "two vectors of 256 bits");
    }

    [Fact]
    public void A_NaN_survives_max_and_min_on_both_sides_and_the_native_ones_on_the_second()
    {
        HoldNaN<SimdScalar, float>();
        HoldNaN<Simd128, Vector128<float>>();
        HoldNaN<Simd256, Vector256<float>>();
        HoldNaN<Simd512, Vector512<float>>();
    }

    [Fact]
    public void A_power_of_two_is_exact_over_the_whole_range_of_normal_floats()
    {
        for (int exponent = -126; exponent <= 127; exponent++)
            Assert.Equal(MathF.ScaleB(1f, exponent), SimdScalar.PowerOfTwo(exponent));
    }

    [Fact]
    public void A_decomposed_value_is_put_together_again_and_its_significand_is_around_one()
    {
        foreach (float value in TestData.Uniform(4096, 1, -87f, 88f).Select(MathF.Exp))
        {
            float significand = SimdScalar.Decompose(value, out float exponent);
            Assert.Equal(value, MathF.ScaleB(significand, (int)exponent));
            Assert.InRange(significand, 0.70710677f, 1.4142135f);
        }
    }

    [Fact]
    public void Every_number_of_fewer_bits_becomes_the_float_that_it_stands_for_at_every_width()
    {
        ushort[] halves = [.. Enumerable.Range(0, 1 << 16).Select(static bits => (ushort)bits)];
        sbyte[] wholes = [.. Enumerable.Range(sbyte.MinValue, 1 << 8).Select(static whole => (sbyte)whole)];
        float[] expected = [.. halves.Select(BFloat16Bits.ToSingle), .. wholes.Select(static whole => (float)whole)];
        Tolerance.SameOrder(expected, Widened<SimdScalar, float>(halves, wholes), "a float");
        Tolerance.SameOrder(expected, Widened<Simd128, Vector128<float>>(halves, wholes), "128 bits");
        Tolerance.SameOrder(expected, Widened<Simd256, Vector256<float>>(halves, wholes), "256 bits");
        Tolerance.SameOrder(expected, Widened<Simd512, Vector512<float>>(halves, wholes), "512 bits");
        Tolerance.SameOrder(expected, Widened<SimdPair<Simd256, Vector256<float>>, VectorPair<Vector256<float>>>(halves, wholes), "two vectors of 256 bits");
    }

    [Fact]
    public void The_first_lanes_are_stored_and_what_follows_them_stays_at_every_width()
    {
        HoldFirst<SimdScalar, float>();
        HoldFirst<Simd128, Vector128<float>>();
        HoldFirst<Simd256, Vector256<float>>();
        HoldFirst<Simd512, Vector512<float>>();
        HoldFirst<SimdPair<Simd256, Vector256<float>>, VectorPair<Vector256<float>>>();
    }

    [Fact]
    public void Lanes_are_repeated_at_every_width()
    {
        HoldRepetition<SimdScalar, float>();
        HoldRepetition<Simd128, Vector128<float>>();
        HoldRepetition<Simd256, Vector256<float>>();
        HoldRepetition<Simd512, Vector512<float>>();
        HoldRepetition<SimdPair<Simd256, Vector256<float>>, VectorPair<Vector256<float>>>();
    }

    private static void HoldRepetition<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float[] values = [.. Enumerable.Range(1, TSimd.Lanes).Select(static lane => (float)lane)];
        foreach (int times in new[] { 1, 2, 3, 5, 7, 16, 49, 1000 })
        {
            for (int first = 0; first < times && (first + TSimd.Lanes - 1) / times < TSimd.Lanes; first++)
            {
                float[] stored = new float[TSimd.Lanes];
                TSimd.Store(TSimd.Permute(TSimd.Load(ref values[0], 0), TSimd.Repetition(first, times)), ref stored[0], 0);
                Assert.Equal(Enumerable.Range(first, TSimd.Lanes).Select(lane => values[lane / times]), stored);
            }
        }

        float[] lanes = new float[TSimd.Lanes];
        TSimd.Store(TSimd.Repetition((1 << 20) - TSimd.Lanes, 3), ref lanes[0], 0);
        Assert.Equal(Enumerable.Range((1 << 20) - TSimd.Lanes, TSimd.Lanes).Select(static lane => lane / 3), lanes.Select(BitConverter.SingleToInt32Bits));
    }

    private static void HoldFirst<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float[] values = [.. Enumerable.Range(1, TSimd.Lanes).Select(static lane => (float)lane)];
        TVector vector = TSimd.Load(ref values[0], 0);
        for (int count = -1; count <= TSimd.Lanes + 1; count++)
        {
            float[] stored = new float[TSimd.Lanes + 3];
            TSimd.StoreFirst(vector, ref stored[0], 1, count);
            Assert.Equal([0, .. values.Take(count), .. new float[TSimd.Lanes + 2 - Math.Clamp(count, 0, TSimd.Lanes)]], stored);
        }
    }

    private static float[] Widened<TSimd, TVector>(ushort[] halves, sbyte[] wholes)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float[] floats = new float[halves.Length + wholes.Length];
        for (int index = 0; index < halves.Length; index += TSimd.Lanes)
            TSimd.Store(TSimd.LoadBFloat16(ref halves[0], index), ref floats[0], index);
        for (int index = 0; index < wholes.Length; index += TSimd.Lanes)
            TSimd.Store(TSimd.LoadInt8(ref wholes[0], index), ref floats[0], halves.Length + index);
        return floats;
    }

    /// <summary>All operations on all pairs of special values.</summary>
    private static float[] Operations<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float[] left = TestData.Special.SelectMany(a => TestData.Special.Select(_ => a)).ToArray();
        float[] right = TestData.Special.SelectMany(_ => TestData.Special).ToArray();
        List<float> results = [];
        float[] lanes = new float[left.Length];
        Func<TVector, TVector, TVector>[] operations =
        [
            TSimd.Add, TSimd.Subtract, TSimd.Multiply, TSimd.Divide, TSimd.Max, TSimd.Min, TSimd.GreaterThan, TSimd.GreaterThanOrEqual, TSimd.Equals, TSimd.And,
            TSimd.AndNot, TSimd.Or, (a, b) => TSimd.MultiplyAdd(a, b, a), (a, b) => TSimd.Select(TSimd.GreaterThan(a, b), a, b), (a, _) => TSimd.Negate(a),
            (a, _) => TSimd.Abs(a), (a, _) => TSimd.Sqrt(a), (a, _) => TSimd.Floor(a), (a, _) => TSimd.Round(a), (_, _) => TSimd.Create(2.5f),
            (_, _) => TSimd.Zero, TSimd.MaxNative, TSimd.MinNative,
        ];
        foreach (Func<TVector, TVector, TVector> operation in operations)
        {
            for (int i = 0; i < left.Length; i += TSimd.Lanes)
                TSimd.Store(operation(TSimd.Load(ref left[0], i), TSimd.Load(ref right[0], i)), ref lanes[0], i);
            results.AddRange(lanes);
        }
        return results.ToArray();
    }

    private static void HoldNaN<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector nan = TSimd.Create(float.NaN);
        TVector one = TSimd.Create(1f);
        float[] lanes = new float[TSimd.Lanes];
        TVector[] results =
        [
            TSimd.Max(nan, one), TSimd.Max(one, nan), TSimd.Min(nan, one), TSimd.Min(one, nan), TSimd.MaxNative(one, nan), TSimd.MinNative(one, nan),
        ];
        foreach (TVector kept in results)
        {
            TSimd.Store(kept, ref lanes[0], 0);
            Assert.All(lanes, lane => Assert.True(float.IsNaN(lane)));
        }
    }
}
