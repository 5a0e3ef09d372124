using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Reading;

/// <summary>From the symbol of a class with [Block] to a record without symbols.</summary>
public static class BlockReader
{
    /// <summary>What is wrong with a block whatever uses it.</summary>
    public static EquatableArray<Fault> Check(INamedTypeSymbol block, CancellationToken cancellation)
    {
        BlockTable blocks = new(block, cancellation);
        int index = blocks.IndexOf(block);
        return blocks.Read()[index].Faults;
    }

    /// <summary>What is wrong with the block that the generator was called for; null where nothing is.</summary>
    public static FaultyType? Check(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        context.TargetSymbol is INamedTypeSymbol type && Declarations.BlockHome(type) is { } home && Declarations.Home(type) is null
        && home.SyntaxTree == context.TargetNode.SyntaxTree && home.Span == context.TargetNode.Span
            ? FaultyType.Of(TypeReader.Read(type), Check(type, cancellation))
            : null;

    /// <summary>Reads a block.</summary>
    /// <param name="type">Declared in this compilation.</param>
    /// <param name="blocks">Where the blocks that it uses are entered.</param>
    /// <param name="cancellation">Stops the reading.</param>
    internal static BlockSpec Read(INamedTypeSymbol type, BlockTable blocks, CancellationToken cancellation)
    {
        LayerAttributes attributes = LayerAttributes.Of(type, Declarations.BlockHome(type));
        List<Fault> faults = [.. BlockConstants.Check(type)];
        if (attributes.Unresolved.Count > 0)
            faults.AddRange(UnresolvedAttributes.Check(attributes, cancellation));
        else if (attributes.All.Count == 0)
            faults.Add(new Fault { Id = FaultIds.EmptyBlock, Arguments = [type.Name] });
        if (attributes.FirstElsewhere >= 0)
            faults.Add(new Fault { Id = FaultIds.LayersOnTwoDeclarations, Layer = attributes.FirstElsewhere, RelatedLayer = 0, Arguments = [type.Name] });

        ExpressionReader expressions = new(type, cancellation);
        List<BlockLayer> layers = [];
        foreach (AttributeData attribute in attributes.All)
        {
            BlockReference? block = blocks.Use(attribute, layers.Count, faults);
            layers.Add(ReadLayer(attribute, block, expressions, layers.Count, faults, cancellation));
        }

        return new BlockSpec
        {
            Name = type.Name,
            Constants = BlockConstants.Of(type).Select(constant => ReadConstant(constant, expressions, faults, cancellation)).ToEquatableArray(),
            Layers = layers.ToEquatableArray(),
            Faults = faults.ToEquatableArray(),
        };
    }

    private static BlockConstant ReadConstant(IFieldSymbol constant, ExpressionReader expressions, List<Fault> faults, CancellationToken cancellation)
    {
        Expression? initial = null;
        if (constant.HasConstantValue && BlockConstants.Initializer(constant, cancellation) is { } initializer)
        {
            initial = expressions.Read(initializer);
            if (initial is null)
                faults.Add(NotComputable(constant.Name, constant.ContainingType.Name, initializer) with { Argument = constant.Name });
        }
        else
        {
            faults.Add(new Fault { Id = FaultIds.Unreadable, Arguments = [constant.ContainingType.Name, FaultCatalog.CompilersError] });
        }

        return new BlockConstant(constant.Name, BlockConstants.Role(constant), initial ?? new LiteralExpression(new UnreadableValue()));
    }

    private static BlockLayer ReadLayer(
        AttributeData attribute, BlockReference? block, ExpressionReader expressions, int layer, List<Fault> faults, CancellationToken cancellation)
    {
        string kind = LayerAttributes.KindOf(attribute.AttributeClass!);
        if (kind == "Input")
            faults.Add(new Fault { Id = FaultIds.BlockHasInput, Layer = layer });
        else if (kind == "Output")
            faults.Add(new Fault { Id = FaultIds.BlockHasOutput, Layer = layer });
        EquatableArray<NamedArgument> values = ArgumentReader.Read(attribute);
        if (LayerFactory.Create(kind, values, block) is UnreadableSpec)
            faults.Add(new Fault { Id = FaultIds.Unreadable, Layer = layer, Arguments = [kind, FaultCatalog.CompilersError] });

        Dictionary<string, Expression> arguments = new(StringComparer.Ordinal);
        foreach (NamedArgument value in values)
            arguments[value.Name] = new LiteralExpression(value.Value);
        foreach (WrittenArgument written in WrittenArgument.Of(attribute, cancellation))
        {
            if (!expressions.DependsOnBlock(written.Expression))
                continue;
            if (expressions.Read(written.Expression) is { } expression)
                arguments[written.Name] = arguments.TryGetValue(written.Name, out Expression? declared) ? written.Into(declared, expression) : expression;
            else
                faults.Add(NotComputable(written.Name, kind, written.Expression) with { Layer = layer, Argument = written.Name, Element = written.Element });
        }

        return new BlockLayer
        {
            Kind = kind,
            Arguments = arguments.Select(static argument => new LayerExpression(argument.Key, argument.Value)).ToEquatableArray(),
            Block = block,
        };
    }

    private static Fault NotComputable(string what, string of, ExpressionSyntax expression) =>
        new() { Id = FaultIds.NotComputable, Arguments = [what, of, expression.ToString()] };
}
