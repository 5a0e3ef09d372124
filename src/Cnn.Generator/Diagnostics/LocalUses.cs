using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Cnn.Generator.Diagnostics;

/// <summary>What a method does with one of its local variables.</summary>
internal sealed class LocalUses
{
    private LocalUses(IOperation? initializer, IReadOnlyList<ILocalReferenceOperation> references)
    {
        Initializer = initializer;
        References = references;
    }

    /// <summary>What it is declared with, or null.</summary>
    public IOperation? Initializer { get; }

    public IReadOnlyList<ILocalReferenceOperation> References { get; }

    public bool IsAssigned => References.Any(static reference => reference.Parent is IAssignmentOperation assignment && assignment.Target == reference);

    public static LocalUses Of(ILocalReferenceOperation reference) => Of(reference.Local, reference);

    /// <summary>Finds them.</summary>
    /// <param name="local">The variable.</param>
    /// <param name="inside">Any operation of the method that declares it.</param>
    public static LocalUses Of(ILocalSymbol local, IOperation inside)
    {
        IOperation root = inside;
        while (root.Parent is not null)
            root = root.Parent;
        IOperation? initializer = null;
        List<ILocalReferenceOperation> references = [];
        foreach (IOperation operation in root.DescendantsAndSelf())
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                initializer = declarator.GetVariableInitializer()?.Value;
            else if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local))
                references.Add(reference);
        }

        return new LocalUses(initializer, references);
    }
}
