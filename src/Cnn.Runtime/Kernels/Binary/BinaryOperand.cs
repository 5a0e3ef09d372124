using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>An operand along a row, repeated where its step is 0 or it has one channel.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct BinaryOperand
{
    private readonly ref float _start;
    private readonly nint _step;
    private readonly bool _hasOneChannel;

    internal BinaryOperand(ref float start, nint step, bool hasOneChannel)
    {
        _start = ref start;
        _step = step;
        _hasOneChannel = hasOneChannel;
    }

    /// <summary>The lanes from channel <paramref name="c"/> on at position <paramref name="p"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Load<TSimd, TVector>(nint p, nint c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => _hasOneChannel ? TSimd.Create(Unsafe.Add(ref _start, p * _step)) : TSimd.Load(ref _start, (p * _step) + c);
}
