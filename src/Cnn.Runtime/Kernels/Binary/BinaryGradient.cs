using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>dx[p][c] = dy[p][c] times a derivative over a range of channels.</summary>
internal readonly ref struct BinaryGradient<TDerivative>(
    TDerivative derivative, ref float dy, nint dyPitch, BinaryOperand a, BinaryOperand b, ref float dx, nint positions, nint pitch) : IRangeKernel
    where TDerivative : struct, IBinaryDerivative
{
    /// <summary>The one number that changes nothing it is added to, zeros of either sign among them.</summary>
    private const float Nothing = -0f;

    private readonly TDerivative _derivative = derivative;
    private readonly ref float _dy = ref dy;
    private readonly nint _dyPitch = dyPitch;
    private readonly BinaryOperand _a = a;
    private readonly BinaryOperand _b = b;
    private readonly ref float _dx = ref dx;
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
            TVector nothing = TSimd.Create(Nothing);
            for (nint p = 0; p < _positions; p++)
            {
                TVector gradient = TSimd.Load(ref _dy, (p * _dyPitch) + c);
                TSimd.Store(_derivative.AddTo<TSimd, TVector>(nothing, gradient, _a, _b, p, c), ref _dx, (p * _pitch) + c);
            }
        }

        return c;
    }
}
