using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Reading;

/// <summary>The constants of a block's class: which of them a use gives, and what their declarations say.</summary>
internal static class BlockConstants
{
    /// <summary>Its <c>const int</c> members in the order of declaration.</summary>
    public static IEnumerable<IFieldSymbol> Of(INamedTypeSymbol block) =>
        block.GetMembers().OfType<IFieldSymbol>().Where(IsArgument);

    public static ConstantRole Role(IFieldSymbol constant) =>
        Has(constant, ContractNames.InputChannels) ? ConstantRole.InputChannels
        : Has(constant, ContractNames.Repetition) ? ConstantRole.Repetition
        : Has(constant, ContractNames.FirstOnly) ? ConstantRole.FirstOnly
        : ConstantRole.Argument;

    /// <summary>Members that are marked as if they were arguments, but are not <c>const int</c>.</summary>
    public static IEnumerable<Fault> Check(INamedTypeSymbol block)
    {
        foreach (IFieldSymbol field in block.GetMembers().OfType<IFieldSymbol>())
        {
            if (!IsArgument(field) && Role(field) != ConstantRole.Argument)
                yield return new Fault { Id = FaultIds.NotAConstant, Argument = field.Name, Arguments = [field.Name, block.Name] };
        }
    }

    /// <summary>What a constant is declared as.</summary>
    public static ExpressionSyntax? Initializer(IFieldSymbol constant, CancellationToken cancellation) =>
        Declarations.Of(constant, cancellation).OfType<VariableDeclaratorSyntax>().FirstOrDefault()?.Initializer?.Value;

    private static bool IsArgument(IFieldSymbol field) => field.IsConst && field.Type.SpecialType == SpecialType.System_Int32;

    private static bool Has(IFieldSymbol field, string attribute) => field.GetAttributes().Any(found =>
        found.AttributeClass is { } attributeClass && ContractNames.IsContractType(attributeClass, attribute));
}
