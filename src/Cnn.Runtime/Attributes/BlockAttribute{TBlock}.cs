namespace Cnn;

/// <summary>Uses a block as one layer, or several times in a row.</summary>
/// <param name="arguments">
/// The block's <c>const int</c> members in the order in which they are declared, without the one with <see cref="InputChannelsAttribute"/>; those that are left
/// out keep the values that they are declared with.
/// </param>
/// <typeparam name="TBlock">A class with <see cref="BlockAttribute"/> in the same project.</typeparam>
/// <remarks>
/// An unnamed use is called after the class in lower case and its ordinal among all uses of the class, each repetition counted: <c>basicblock1</c>. With
/// a <see cref="LayerAttribute.Name"/> the repetitions are the name and a number from 1, unless there is one only; the name alone is the last one's output.
/// Parameters are called <c>basicblock1.conv1.weight</c>.
/// </remarks>
public sealed class BlockAttribute<TBlock>(params int[] arguments) : LayerAttribute
{
    /// <summary>Values for the block's constants.</summary>
    public int[] Arguments { get; } = arguments;

    /// <summary>How many times the block runs, each on the output of the one before. Default 1.</summary>
    public int Repeat { get; set; } = 1;
}
