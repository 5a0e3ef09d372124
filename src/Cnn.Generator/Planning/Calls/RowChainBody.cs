using System.Globalization;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// Convolutions of one image that are done row by row, so that the maps between them never leave the second-level cache; so is the input where it comes in
/// the caller's planes, and the output where its mean alone is wanted.
/// </summary>
/// <remarks>
/// Where a convolution's windows overlap, the last few rows that it reads lie one after the other in a buffer. When its window reaches the buffer's end, the
/// rows that are still needed move to its begin. Workers divide the output's rows, or the blocks of positions that its mean is summed by, and each makes for
/// itself what it reads.
/// </remarks>
public sealed record RowChainBody : StepBody
{
    /// <summary>The convolutions, in order.</summary>
    public required EquatableArray<RowLink> Links { get; init; }

    /// <summary>Where the rows come from that the first reads; null for a tensor.</summary>
    public required RowPlanes? Planes { get; init; }

    /// <summary>Floats of that tensor from what one row of the first convolution is made of to what the next is.</summary>
    public required int InputStep { get; init; }

    /// <summary>Floats from one row of the output to the next.</summary>
    public required int OutputStep { get; init; }

    /// <summary>The mean that the output is; null for the rows.</summary>
    public required RowMean? Mean { get; init; }

    /// <summary>Rows that the last convolution makes.</summary>
    public int Rows => Links[Links.Length - 1].Rows;

    /// <inheritdoc/>
    public override EquatableArray<StepOperand> Operands =>
    [
        new("x", Access.In),
        .. Enumerable.Range(0, Links.Length)
            .SelectMany(static link => new StepOperand[] { new(Weight(link), Access.In, IsWeight: true), new(Bias(link), Access.In) }),
        new("y", Access.Out),
        .. Enumerable.Range(0, Links.Length).Where(link => Links[link].Buffer is not null).Select(static link => new StepOperand(Buffer(link), Access.Scratch)),
        .. Mean is null ? Array.Empty<StepOperand>() : [new StepOperand("row", Access.Scratch), new StepOperand("chains", Access.Scratch)],
    ];

    /// <summary>What the method calls the weight of a convolution, counted from 0.</summary>
    public static string Weight(int link) => "w" + Number(link);

    /// <inheritdoc cref="Weight"/>
    public static string Bias(int link) => "b" + Number(link);

    /// <summary>What the method calls the buffer of what a convolution reads, counted from 0.</summary>
    public static string Buffer(int link) => "rows" + Number(link);

    /// <summary>A convolution's number in names, which counts from 1.</summary>
    public static string Number(int link) => (link + 1).ToString(CultureInfo.InvariantCulture);
}
