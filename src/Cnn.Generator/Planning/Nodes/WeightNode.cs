using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A node with a weight that is contracted with its input: convolution or linear.</summary>
public abstract record WeightNode : Node
{
    public abstract bool HasBias { get; }

    public abstract WeightLayout Weight { get; }

    public Epilogue Epilogue { get; init; } = Epilogue.None;

    /// <summary>The activation that the epilogue does, or null.</summary>
    public ActivationSpec? Fused { get; init; }

    /// <summary>The BatchNorms that are folded into weight and bias.</summary>
    public EquatableArray<FoldedNorm> Norms { get; init; }

    /// <inheritdoc/>
    public override bool KeepsOutput => Fused is not null;

    protected string AddForward(ForwardPass pass, PlacedContraction placed, string formula)
    {
        bool bias = pass.Places.Bias(this) is not null;
        return pass.Methods.Add(
            MethodStem + "Forward",
            formula,
            new ContractionBody
            {
                Contraction = bias ? placed.Kernel : placed.Kernel with { Start = StartValue.Zero },
                Names = bias ? ["x", "w", "b", "y"] : ["x", "w", "y"],
            });
    }

    protected Operand[] ForwardOperands(ForwardPass pass, PlacedContraction placed, Value x, Value y)
    {
        List<Operand> operands = [ScheduleBuilder.At(x.Tensor, placed.AOffset), pass.Places.Weight(this)];
        if (pass.Places.Bias(this) is { } bias)
            operands.Add(bias);
        operands.Add(ScheduleBuilder.At(y.Tensor, placed.COffset));
        return [.. operands];
    }
}
