using System.Globalization;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>[Block&lt;T&gt;]: a block as a layer, once or several times in a row. Shapes replaces it by the block's layers.</summary>
public sealed record BlockUseSpec : LayerSpec
{
    public override string Kind => "Block";

    public required BlockReference Block { get; init; }

    /// <summary>By position.</summary>
    public EquatableArray<int> Arguments { get; init; }

    public required int Repeat { get; init; }

    /// <summary>The number of the first repetition among all of the block's, from 1; counts only where the use has no name of its own.</summary>
    public int FirstOrdinal { get; init; } = 1;

    /// <summary>The name of one repetition, from 0.</summary>
    public string RepetitionName(int repetition) =>
        !IsNamed ? Block.Name.ToLowerInvariant() + Text(FirstOrdinal + repetition)
        : Repeat > 1 ? Name + Text(repetition + 1)
        : Name;

    internal static BlockUseSpec Of(BlockReference block, LayerArguments arguments) =>
        new() { Block = block, Arguments = arguments.Integers("Arguments"), Repeat = arguments.Integer("Repeat") };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
