using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>One declaration as it was read: names, numbers and strings, nothing of Roslyn.</summary>
/// <remarks>Immutable and comparable by content: the incremental driver caches it. Nothing with identity may enter.</remarks>
public sealed record NetworkSpec
{
    public required TypeSpec Type { get; init; }

    /// <summary>In the order in which the attributes are written; the first of a sound declaration is an <see cref="InputSpec"/>.</summary>
    public required EquatableArray<LayerSpec> Layers { get; init; }

    /// <summary>The blocks that the layers use, and those that these use.</summary>
    public EquatableArray<BlockSpec> Blocks { get; init; }

    /// <summary>What is wrong with the declaration itself; a network with a fault is not generated.</summary>
    public EquatableArray<Fault> Faults { get; init; }
}

/// <summary>The class that carries the attributes, and what is around it.</summary>
public sealed record TypeSpec
{
    public required string Name { get; init; }

    /// <summary>Empty in the global namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Containing types from the outermost, each as <c>partial class Outer</c> with its keyword.</summary>
    public EquatableArray<ContainingType> Containers { get; init; }

    /// <summary>Whether the class is public all the way out; else generated nested types could be less visible than documented.</summary>
    public required bool IsPublic { get; init; }

    public required bool IsSealed { get; init; }

    /// <summary>
    /// The metadata name with its namespace, as <c>My.Space.Outer+Net</c>: unique in a project, even beside a generic or a file-local class of the same name,
    /// but perhaps not without its case. Only what may stand in a file's name.
    /// </summary>
    public required string UniqueName { get; init; }

    /// <summary>A member of the user's that is called like one that networks get with their weights; null where there is none.</summary>
    public string? PretrainedMember { get; init; }

    /// <summary>Where the base class has no constructor without arguments, some with which one of its constructors can be called; else null.</summary>
    public string? StubBaseArguments { get; init; }

    /// <summary>Whether the user's part, or another generator's, has [GeneratedCode], which C# allows once.</summary>
    public bool IsMarkedGenerated { get; init; }
}

/// <summary>A type around the network's class.</summary>
/// <param name="Keyword"><c>class</c>, <c>struct</c>, <c>record</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="Name">The type's name.</param>
public sealed record ContainingType(string Keyword, string Name);
