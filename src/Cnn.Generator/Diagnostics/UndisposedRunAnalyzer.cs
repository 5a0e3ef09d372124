using System.Collections.Immutable;
using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Cnn.Generator.Diagnostics;

/// <summary>A trainer or predictor that is made, used and forgotten. Whatever leaves the method is somebody else's to dispose, and is not reported.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UndisposedRunAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.Find(FaultIds.NeverDisposed)];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Analyze, OperationKind.Invocation, OperationKind.PropertyReference);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        if (Maker(context.Operation) is not { } maker || context.Operation.Type is not { } made || Kind(made) is not { } kind
            || !IsForgotten(context.Operation))
            return;
        context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.Find(FaultIds.NeverDisposed), context.Operation.Syntax.GetLocation(), kind, maker));
    }

    /// <summary>The member that makes a new one whenever it is used.</summary>
    private static string? Maker(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: "CreateTrainer" or "CreatePredictor" or "CreatePretrained" or "Clone" } call => call.TargetMethod.Name,
        IPropertyReferenceOperation { Property: { Name: "Pretrained", IsStatic: true } property } when IsNetwork(property.ContainingType) => property.Name,
        _ => null,
    };

    private static bool IsNetwork(INamedTypeSymbol type) =>
        type.AllInterfaces.Any(static part => ContractNames.IsContractType(part, ContractNames.NetworkInterface));

    private static string? Kind(ITypeSymbol type)
    {
        foreach (ITypeSymbol part in new[] { type }.Concat(type.AllInterfaces))
        {
            if (part is INamedTypeSymbol named && ContractNames.IsContractType(named, ContractNames.Trainer))
                return "trainer";
            if (part is INamedTypeSymbol predictor && ContractNames.IsContractType(predictor, ContractNames.Predictor))
                return "predictor";
        }

        return null;
    }

    private static bool IsForgotten(IOperation made)
    {
        IOperation? parent = made.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
        {
            made = parent;
            parent = parent.Parent;
        }

        return parent switch
        {
            IExpressionStatementOperation => true,
            IInvocationOperation call => call.Instance == made && !IsDisposal(call),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } =>
                !IsUsed(declarator) && IsForgotten(declarator.Symbol, declarator),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } assignment when assignment.Value == made => IsForgotten(local.Local, local),
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            _ => false,
        };
    }

    /// <summary>Whether a using declares the variable.</summary>
    private static bool IsUsed(IVariableDeclaratorOperation declarator)
    {
        for (IOperation? outer = declarator.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IUsingDeclarationOperation or IUsingOperation)
                return true;
            if (outer is not (IVariableDeclarationOperation or IVariableDeclarationGroupOperation))
                return false;
        }

        return false;
    }

    /// <summary>Forgotten is a local of which only members are used, and never Dispose.</summary>
    private static bool IsForgotten(ILocalSymbol local, IOperation inside) =>
        LocalUses.Of(local, inside).References.All(static reference => reference.Parent switch
        {
            IInvocationOperation call => call.Instance == reference && !IsDisposal(call),
            IPropertyReferenceOperation property => property.Instance == reference,
            ISimpleAssignmentOperation assignment => assignment.Target == reference,
            _ => false,
        });

    private static bool IsDisposal(IInvocationOperation call) => call.TargetMethod.Name is "Dispose" or "DisposeAsync";
}
