using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>A matrix of whole numbers from -127 to 127, with a factor for each lane.</summary>
/// <param name="elements">Its start.</param>
/// <param name="factors">One a lane.</param>
internal readonly ref struct Int8Row(ref sbyte elements, ref float factors) : IStoredRow
{
    private readonly ref sbyte _elements = ref elements;
    private readonly ref float _factors = ref factors;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Load<TSimd, TVector>(nint element, TVector factor)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Multiply(TSimd.LoadInt8(ref _elements, element), factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Factors<TSimd, TVector>(nint lane)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Load(ref _factors, lane);
}
