using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>A call of a step method.</summary>
public sealed record StepCall
{
    public required string Method { get; init; }

    public required EquatableArray<Operand> Operands { get; init; }

    /// <summary>What it gets behind them.</summary>
    public required RunNumbers Numbers { get; init; }

    public required Sharing Sharing { get; init; }

    /// <summary>Units to share.</summary>
    public int Units { get; init; }

    /// <summary>Groups of images whose sums over the images are apart; 1 where all images are summed in order.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Floats from one group's sums to the next's.</summary>
    public int GroupStride { get; init; }

    /// <inheritdoc cref="StepBody.HasUnitsOfEachImage"/>
    public bool HasUnitsOfEachImage { get; init; }

    /// <summary>The number of a dropout layer, from which its key is drawn.</summary>
    public int Ordinal { get; init; }

    /// <summary>Whether all workers that do an image together call it.</summary>
    public bool IsShared => Sharing is Sharing.Parts or Sharing.Each;

    /// <summary>
    /// Where one of them calls it: in which turn, from 0 anew for each layer; turn 0 is the first worker's, as is all that is neither shared nor in
    /// turn.
    /// </summary>
    public int Turn { get; init; }

    /// <summary>How many turns the layer has.</summary>
    public int Turns { get; init; }

    /// <summary>Whether the workers that do one image together wait for each other before it.</summary>
    public bool MeetsBefore { get; init; }
}
