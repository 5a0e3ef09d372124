using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[p][c] = f(a[p][c], b[p][c]) over a range of channels.</summary>
internal readonly ref struct BinaryForward<TOperation>(TOperation operation, BinaryOperand a, BinaryOperand b, ref float y, nint positions, nint pitch)
    : IRangeKernel
    where TOperation : struct, IBinaryOperation
{
    private readonly TOperation _operation = operation;
    private readonly BinaryOperand _a = a;
    private readonly BinaryOperand _b = b;
    private readonly ref float _y = ref y;
    private readonly nint _positions = positions;
    private readonly nint _pitch = pitch;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            for (nint p = 0; p < _positions; p++)
            {
                TVector result = _operation.Forward<TSimd, TVector>(_a.Load<TSimd, TVector>(p, c), _b.Load<TSimd, TVector>(p, c));
                TSimd.Store(result, ref _y, (p * _pitch) + c);
            }
        }

        return c;
    }
}
