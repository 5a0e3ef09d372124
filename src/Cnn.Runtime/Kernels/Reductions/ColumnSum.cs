using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>sums[c] = Σ_p x[p][c] / divisor over a range of channels.</summary>
/// <remarks>The chains and their order are those of <see cref="ColumnChains"/>.</remarks>
internal readonly ref struct ColumnSum(ref float x, nint positions, nint pitch, float divisor, ref float sums) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;
    private readonly float _divisor = divisor;
    private readonly ref float _sums = ref sums;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint end = ColumnChains.Sums<Element, TSimd, TVector>(ref _x, from, to, _positions, _pitch, ref _sums, ref _sums);
        TVector divisor = TSimd.Create(_divisor);
        for (nint c = from; c < end; c += TSimd.Lanes)
            TSimd.Store(TSimd.Divide(TSimd.Load(ref _sums, c), divisor), ref _sums, c);
        return end;
    }

    /// <summary>x; the reference is not read.</summary>
    public readonly struct Element : IColumnTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Add<TSimd, TVector>(TVector sum, TVector x, TVector reference)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
            => TSimd.Add(sum, x);
    }
}
