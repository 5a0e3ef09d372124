using System.Collections.Immutable;
using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Cnn.Generator.Diagnostics;

/// <summary>A network that ends in the activation that its loss applies anyway; CreateTrainer would refuse it when it runs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DoubledActivationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.Find(FaultIds.DoubledActivation)];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "CreateTrainer" || call.Instance?.Type is not INamedTypeSymbol type || Declarations.Home(type) is not { } home)
            return;
        IArgumentOperation? argument = call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "loss");
        if (argument is null || LossOf(argument.Value) is not { } loss)
            return;
        ShapedNetwork? network = ShapeInference.Infer(NetworkReader.Read(type, context.CancellationToken), context.CancellationToken).Network;
        if (network is null || OutputLayer(network) is not { } last || !Applies(loss, last))
            return;
        FaultLocator locator = new(type, home, LayerAttributes.Of(type, home));
        context.ReportDiagnostic(Diagnostic.Create(
            DiagnosticDescriptors.Find(FaultIds.DoubledActivation),
            argument.Value.Syntax.GetLocation(),
            [locator.LocateLayer(last.Path, context.CancellationToken)],
            type.Name,
            last.Spec.Kind,
            loss));
    }

    /// <summary>The last layer that computes something.</summary>
    private static ShapedLayer? OutputLayer(ShapedNetwork network) =>
        network.Layers.LastOrDefault(static layer => layer.Spec is not (IdentitySpec or FlattenSpec or DropoutSpec));

    private static bool Applies(string loss, ShapedLayer last) => (loss, last.Spec) switch
    {
        ("CrossEntropy", SoftmaxSpec softmax) => AxisNumber.Place(softmax.Axis, last.InputShape) == 0,
        ("BinaryCrossEntropy", ActivationSpec { Activation: "Sigmoid" }) => true,
        _ => false,
    };

    /// <summary>
    /// The factory of Cnn.Loss that made the value, where that can be seen: in place, or in the initializer of a local that is never assigned again.
    /// </summary>
    private static string? LossOf(IOperation value)
    {
        switch (value)
        {
            case IConversionOperation conversion:
                return LossOf(conversion.Operand);
            case IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType: { } type } method }
                when ContractNames.IsContractType(type, ContractNames.Loss):
                return method.Name;
            case ILocalReferenceOperation reference:
                LocalUses uses = LocalUses.Of(reference);
                return uses.Initializer is { } initializer && !uses.IsAssigned ? LossOf(initializer) : null;
            default:
                return null;
        }
    }
}
