using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Reading;

/// <summary>The blocks that one declaration uses, and those that these use, each read once.</summary>
/// <param name="user">The class whose layers come first: a network, or a block that is looked at for its own sake.</param>
/// <param name="cancellation">Stops the reading.</param>
internal sealed class BlockTable(INamedTypeSymbol user, CancellationToken cancellation)
{
    private readonly Dictionary<INamedTypeSymbol, int> _indices = new(SymbolEqualityComparer.Default);
    private readonly List<INamedTypeSymbol> _waiting = [];

    /// <summary>Which block an attribute uses, with a fault where it cannot be used; null for other layers.</summary>
    /// <param name="attribute">A layer's attribute.</param>
    /// <param name="layer">Its place, for the fault.</param>
    /// <param name="faults">Of the declaration that carries the attribute.</param>
    public BlockReference? Use(AttributeData attribute, int layer, List<Fault> faults)
    {
        if (!ContractNames.IsContractType(attribute.AttributeClass!, ContractNames.Block, arity: 1))
            return null;
        ITypeSymbol argument = attribute.AttributeClass!.TypeArguments[0];
        BlockReference unusable = new(-1, argument.Name);
        if (argument.TypeKind == TypeKind.Error)
        {
            faults.Add(new Fault { Id = FaultIds.Unreadable, Layer = layer, Arguments = [argument.Name, FaultCatalog.CompilersError] });
            return unusable;
        }

        if (argument is not INamedTypeSymbol { OriginalDefinition: var block } || !IsBlock(block))
        {
            faults.Add(new Fault { Id = FaultIds.NotABlock, Layer = layer, Arguments = [argument.Name] });
            return unusable;
        }

        if (!SymbolEqualityComparer.Default.Equals(block.ContainingAssembly, user.ContainingAssembly))
        {
            faults.Add(new Fault { Id = FaultIds.BlockElsewhere, Layer = layer, Arguments = [block.Name, block.ContainingAssembly.Name] });
            return unusable;
        }

        if (TooManyArguments(attribute, block) is { } tooMany)
        {
            faults.Add(tooMany with { Layer = layer });
            return unusable;
        }

        return new BlockReference(IndexOf(block), block.Name);
    }

    /// <summary>The place of a block in the table.</summary>
    public int IndexOf(INamedTypeSymbol block)
    {
        if (_indices.TryGetValue(block, out int index))
            return index;
        _indices.Add(block, _waiting.Count);
        _waiting.Add(block);
        return _waiting.Count - 1;
    }

    /// <summary>Reads every block that is used, and those that they use.</summary>
    public EquatableArray<BlockSpec> Read()
    {
        List<BlockSpec> blocks = [];
        while (blocks.Count < _waiting.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            blocks.Add(BlockReader.Read(_waiting[blocks.Count], this, cancellation));
        }

        return blocks.Select((block, index) => WithoutRecursion(block, index, blocks)).ToEquatableArray();
    }

    private static bool IsBlock(INamedTypeSymbol type) => type.GetAttributes().Any(static attribute =>
        attribute.AttributeClass is { } attributeClass && ContractNames.IsContractType(attributeClass, ContractNames.Block));

    private static Fault? TooManyArguments(AttributeData attribute, INamedTypeSymbol block)
    {
        if (attribute.ConstructorArguments is not [{ Kind: TypedConstantKind.Array, IsNull: false } given])
            return null;
        string[] places = [.. BlockConstants.Of(block)
            .Where(static constant => BlockConstants.Role(constant).TakesPlace())
            .Select(static constant => constant.Name)];
        if (given.Values.Length <= places.Length)
            return null;
        string takes = places.Length == 0 ? "no const int" : string.Join(", ", places);
        return new Fault
        {
            Id = FaultIds.TooManyArguments,
            Argument = "arguments",
            Element = places.Length,
            Arguments = [block.Name, Text(given.Values.Length), Text(places.Length), takes],
        };
    }

    /// <summary>Adds a fault to each layer by which a block uses itself.</summary>
    private static BlockSpec WithoutRecursion(BlockSpec block, int index, List<BlockSpec> blocks)
    {
        List<Fault> faults = [.. block.Faults];
        for (int layer = 0; layer < block.Layers.Length; layer++)
        {
            if (block.Layers[layer].Block is { Index: >= 0 } used && Reaches(used.Index, index, blocks, []))
            {
                string way = used.Index == index ? "" : " by way of " + used.Name;
                faults.Add(new Fault { Id = FaultIds.RecursiveBlock, Layer = layer, Arguments = [block.Name, way] });
            }
        }

        return block with { Faults = faults.ToEquatableArray() };
    }

    private static bool Reaches(int from, int target, List<BlockSpec> blocks, HashSet<int> seen) =>
        from == target
        || (seen.Add(from) && blocks[from].Layers.Any(layer => layer.Block is { Index: >= 0 } used && Reaches(used.Index, target, blocks, seen)));

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
