using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>
/// Operations on two channels-last maps along one row, in which an operand may be repeated over the positions, over the channels, or over both.
/// </summary>
/// <remarks>
/// A step of 0 repeats an operand over the positions of the row; an operand with one channel is repeated over all of them. Sums over positions are in their
/// order; sums over channels are eight, for the remainders of the channel by 8, combined as in <see cref="SoftmaxKernels"/>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BinaryKernels
{
    /// <summary>y[p][c] = f(a[p][c], b[p][c]).</summary>
    /// <param name="operation">f.</param>
    /// <param name="a">First operand.</param>
    /// <param name="aStep">Floats from one position of it to the next, or 0.</param>
    /// <param name="aHasOneChannel">Whether it has one channel.</param>
    /// <param name="b">Second operand.</param>
    /// <param name="bStep">Floats from one position of it to the next, or 0.</param>
    /// <param name="bHasOneChannel">Whether it has one channel.</param>
    /// <param name="y">Result [positions][pitch]; may be an operand that is not repeated.</param>
    /// <param name="positions">Positions of the row.</param>
    /// <param name="pitch">Floats of one position of the result, a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TOperation>(
        TOperation operation, ref float a, nint aStep, bool aHasOneChannel, ref float b, nint bStep, bool bHasOneChannel, ref float y, nint positions,
        nint pitch)
        where TOperation : struct, IBinaryOperation
        => WidthLadder.RunColumns(
            new BinaryForward<TOperation>(operation, new(ref a, aStep, aHasOneChannel), new(ref b, bStep, bHasOneChannel), ref y, positions, pitch), pitch);

    /// <summary>The gradient of the first operand, which is not repeated.</summary>
    /// <param name="operation">f.</param>
    /// <param name="dy">Gradient of the result.</param>
    /// <param name="dyPitch">Floats from one position of it to the next.</param>
    /// <param name="a">First operand.</param>
    /// <param name="aStep">Floats from one position of it to the next, or 0.</param>
    /// <param name="aHasOneChannel">Whether it has one channel.</param>
    /// <param name="b">Second operand.</param>
    /// <param name="bStep">Floats from one position of it to the next, or 0.</param>
    /// <param name="bHasOneChannel">Whether it has one channel.</param>
    /// <param name="dx">Gradient of the operand [positions][pitch], overwritten; may be <paramref name="dy"/>.</param>
    /// <param name="positions">Positions of the row.</param>
    /// <param name="pitch">Floats of one position of the gradient, a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FirstGradient<TOperation>(
        TOperation operation, ref float dy, nint dyPitch, ref float a, nint aStep, bool aHasOneChannel, ref float b, nint bStep, bool bHasOneChannel,
        ref float dx, nint positions, nint pitch)
        where TOperation : struct, IBinaryOperation
        => WidthLadder.RunColumns(
            new BinaryGradient<FirstOf<TOperation>>(
                new(operation), ref dy, dyPitch, new(ref a, aStep, aHasOneChannel), new(ref b, bStep, bHasOneChannel), ref dx, positions, pitch),
            pitch);

    /// <summary>The gradient of the second operand, which is not repeated.</summary>
    /// <inheritdoc cref="FirstGradient"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SecondGradient<TOperation>(
        TOperation operation, ref float dy, nint dyPitch, ref float a, nint aStep, bool aHasOneChannel, ref float b, nint bStep, bool bHasOneChannel,
        ref float dx, nint positions, nint pitch)
        where TOperation : struct, IBinaryOperation
        => WidthLadder.RunColumns(
            new BinaryGradient<SecondOf<TOperation>>(
                new(operation), ref dy, dyPitch, new(ref a, aStep, aHasOneChannel), new(ref b, bStep, bHasOneChannel), ref dx, positions, pitch),
            pitch);

    /// <summary>Adds to the gradient of the first operand, summed over what it is repeated for in the row.</summary>
    /// <param name="operation">f.</param>
    /// <param name="dy">Gradient of the result.</param>
    /// <param name="dyPitch">Floats from one position of it to the next, a multiple of 8.</param>
    /// <param name="a">First operand.</param>
    /// <param name="aStep">Floats from one position of it to the next, or 0.</param>
    /// <param name="aHasOneChannel">Whether it has one channel.</param>
    /// <param name="b">Second operand.</param>
    /// <param name="bStep">Floats from one position of it to the next, or 0.</param>
    /// <param name="bHasOneChannel">Whether it has one channel.</param>
    /// <param name="dx">Gradient of the operand, added to.</param>
    /// <param name="dxStep">Floats from one position of it to the next, or 0.</param>
    /// <param name="dxHasOneChannel">Whether it has one channel.</param>
    /// <param name="positions">Positions of the row.</param>
    /// <param name="channels">Channels of the result.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddFirstSums<TOperation>(
        TOperation operation, ref float dy, nint dyPitch, ref float a, nint aStep, bool aHasOneChannel, ref float b, nint bStep, bool bHasOneChannel,
        ref float dx, nint dxStep, bool dxHasOneChannel, nint positions, nint channels)
        where TOperation : struct, IBinaryOperation
        => AddSums(
            new FirstOf<TOperation>(operation), ref dy, dyPitch, new(ref a, aStep, aHasOneChannel), new(ref b, bStep, bHasOneChannel), ref dx, dxStep,
            dxHasOneChannel, positions, channels);

    /// <summary>Adds to the gradient of the second operand, summed over what it is repeated for in the row.</summary>
    /// <inheritdoc cref="AddFirstSums"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSecondSums<TOperation>(
        TOperation operation, ref float dy, nint dyPitch, ref float a, nint aStep, bool aHasOneChannel, ref float b, nint bStep, bool bHasOneChannel,
        ref float dx, nint dxStep, bool dxHasOneChannel, nint positions, nint channels)
        where TOperation : struct, IBinaryOperation
        => AddSums(
            new SecondOf<TOperation>(operation), ref dy, dyPitch, new(ref a, aStep, aHasOneChannel), new(ref b, bStep, bHasOneChannel), ref dx, dxStep,
            dxHasOneChannel, positions, channels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSums<TDerivative>(
        TDerivative derivative, ref float dy, nint dyPitch, BinaryOperand a, BinaryOperand b, ref float dx, nint dxStep, bool dxHasOneChannel,
        nint positions, nint channels)
        where TDerivative : struct, IBinaryDerivative
    {
        if (dxHasOneChannel)
            WidthLadder.RunNarrow(new BinaryChannelSums<TDerivative>(derivative, ref dy, dyPitch, a, b, ref dx, dxStep, channels), 0, positions);
        else
            WidthLadder.RunColumns(new BinaryPositionSums<TDerivative>(derivative, ref dy, dyPitch, a, b, ref dx, dxStep, positions), dyPitch);
    }
}
