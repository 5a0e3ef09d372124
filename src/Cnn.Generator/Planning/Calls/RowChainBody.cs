using System.Globalization;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// Convolutions of one image that are done row by row, so that the maps between them never leave the second-level cache: one that makes a map, a depthwise
/// one that reads it, and perhaps a 1x1 convolution behind that.
/// </summary>
/// <remarks>
/// The last few rows of the first map lie one after the other in a buffer, from which the depthwise convolution reads its window. When that reaches the
/// buffer's end, the rows that are still needed move to its begin. Workers divide the output's rows, and each makes for itself what it reads.
/// </remarks>
public sealed record RowChainBody : StepBody
{
    /// <summary>The methods of a row of each convolution, in order: two or three.</summary>
    public required EquatableArray<string> Methods { get; init; }

    /// <summary>Floats of the input from what one row of the first map is made of to what the next is.</summary>
    public required int InputStep { get; init; }

    /// <summary>Rows of the first map.</summary>
    public required int MapRows { get; init; }

    /// <summary>The buffer for rows of that map, with a border of zeros at their ends.</summary>
    public required TensorLayout Buffer { get; init; }

    /// <summary>Rows of the map that the depthwise convolution sees at once.</summary>
    public required int Reach { get; init; }

    /// <summary>Rows of the map from one of its outputs to the next; at most <see cref="Reach"/>.</summary>
    public required int Stride { get; init; }

    /// <summary>Rows of zeros before the map's first.</summary>
    public required int Padding { get; init; }

    /// <summary>Rows of the output.</summary>
    public required int Rows { get; init; }

    /// <summary>Floats from one row of the output to the next.</summary>
    public required int OutputStep { get; init; }

    /// <summary>Whether a convolution follows on the depthwise one, whose row has a buffer of its own.</summary>
    public bool HasLast => Methods.Length > 2;

    /// <inheritdoc/>
    public override EquatableArray<StepOperand> Operands =>
    [
        new("x", Access.In),
        .. Enumerable.Range(1, Methods.Length)
            .SelectMany(static link => new StepOperand[] { new(Weight(link), Access.In, IsWeight: true), new(Bias(link), Access.In) }),
        new("y", Access.Out),
        new("rows", Access.Scratch),
        .. HasLast ? [new StepOperand("row", Access.Scratch)] : Array.Empty<StepOperand>(),
    ];

    /// <summary>What the method calls the weight of a convolution, counted from 1.</summary>
    public static string Weight(int link) => "w" + link.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Weight"/>
    public static string Bias(int link) => "b" + link.ToString(CultureInfo.InvariantCulture);
}
