using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>A class with [Block] as it was read: its layers' arguments are expressions, since they depend on the use.</summary>
public sealed record BlockSpec
{
    /// <summary>The class.</summary>
    public required string Name { get; init; }

    /// <summary>Its <c>const int</c> members in the order of declaration.</summary>
    public EquatableArray<BlockConstant> Constants { get; init; }

    public EquatableArray<BlockLayer> Layers { get; init; }

    /// <summary>What is wrong with the declaration whatever the use; a block with an error is not expanded.</summary>
    public EquatableArray<Fault> Faults { get; init; }

    /// <summary>Indices of the constants that a use gives by position.</summary>
    public IEnumerable<int> Places => Enumerable.Range(0, Constants.Length).Where(i => Constants[i].Role.TakesPlace());
}

/// <summary>A <c>const int</c> of a block.</summary>
/// <param name="Name">As declared.</param>
/// <param name="Role">Where its value comes from.</param>
/// <param name="Initial">What it is where the use gives no value; may depend on other constants.</param>
public sealed record BlockConstant(string Name, ConstantRole Role, Expression Initial);

/// <summary>Where a constant's value comes from.</summary>
public enum ConstantRole
{
    /// <summary>The use's arguments.</summary>
    Argument,

    /// <summary>The use's arguments in the first repetition, the declaration in the others.</summary>
    FirstOnly,

    /// <summary>The shape that comes in.</summary>
    InputChannels,

    /// <summary>Which repetition it is, from 0.</summary>
    Repetition,
}

public static class ConstantRoles
{
    /// <summary>Whether a use gives the constant's value.</summary>
    public static bool TakesPlace(this ConstantRole role) => role is ConstantRole.Argument or ConstantRole.FirstOnly;
}

/// <summary>A layer of a block.</summary>
public sealed record BlockLayer
{
    /// <summary>The attribute without its suffix, as <c>Conv</c>.</summary>
    public required string Kind { get; init; }

    public EquatableArray<LayerExpression> Arguments { get; init; }

    /// <summary>The block that a use names, else null.</summary>
    public BlockReference? Block { get; init; }
}

/// <summary>An argument that depends on the use.</summary>
/// <param name="Name">The constructor's parameter (<c>outChannels</c>) or the property (<c>Groups</c>).</param>
/// <param name="Value">Its value.</param>
public sealed record LayerExpression(string Name, Expression Value);

/// <summary>A block that is used.</summary>
/// <param name="Index">Index into <see cref="NetworkSpec.Blocks"/>, or -1 where it cannot be used, for which there is a fault.</param>
/// <param name="Name">Its class.</param>
public sealed record BlockReference(int Index, string Name);
