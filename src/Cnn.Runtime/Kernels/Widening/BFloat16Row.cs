using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>A matrix of bfloat16 numbers, the upper halves of floats.</summary>
/// <param name="elements">Its start.</param>
internal readonly ref struct BFloat16Row(ref ushort elements) : IStoredRow
{
    private readonly ref ushort _elements = ref elements;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Load<TSimd, TVector>(nint element, TVector factor)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.LoadBFloat16(ref _elements, element);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Factors<TSimd, TVector>(nint lane)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.Zero;
}
