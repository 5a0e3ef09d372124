using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A factor and a summand for each position or element, or a summand alone: products and sums with parameters that are repeated.</summary>
public sealed record MapScaleNode : Node
{
    /// <summary>Floats of a block of an element's parameters, the unit that workers share: two pages.</summary>
    private const int BlockFloats = 2048;

    public ScaleSpec Spec => (ScaleSpec)Layer.Spec;

    private bool IsPerElement => Spec.Over == ScaleOver.Elements;

    /// <summary>Floats of what one image adds to a parameter's gradient, where that is not the whole map.</summary>
    private int SumFloats => TensorLayout.RoundUp(Spec.Over == ScaleOver.Positions ? Input.Positions : TensorLayout.Plain(Input).Pitch, 8);

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => training && IsTrainable ? InputNeed.Contiguity : InputNeed.Any;

    /// <inheritdoc/>
    public override WeightLayout LayoutOf(ParameterShape parameter) => Spec.Over switch
    {
        ScaleOver.Channels => WeightLayout.Vector(Input.Channels),
        ScaleOver.Positions => WeightLayout.Vector(Input.Positions),
        _ => new WeightLayout { Groups = 1, Outputs = Input.Channels, Inputs = 1, Taps = Input.Positions, IsOneBlock = true },
    };

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.InPlaceOr(this, keepsInput: pass.Training && IsTrainable && Spec.Factor);
        if (Spec.Factor)
        {
            KernelCall product = With("MultiplyOperation", "x", x, "weight", pass.Places.Parameter(this, "weight"), y);
            pass.Call(this, "Forward", $"y[{Formulas.Dimensions(Output)}] = x * weight, {Of}", product, divides: true);
            x = y;
        }

        if (Spec.Bias)
        {
            KernelCall sum = With("AddOperation", "x", x, "bias", pass.Places.Parameter(this, "bias"), y);
            pass.Call(this, "ForwardSum", $"y[{Formulas.Dimensions(Output)}] = x + bias, {Of}", sum, divides: true);
        }
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        if (IsTrainable)
        {
            Value kept = dy.Value;
            pass.Flush();
            if (IsPerElement)
                pass.Defer(() => PlanElements(pass, kept));
            else
                PlanSums(pass, kept);
        }

        if (!Spec.Factor)
        {
            pass.Contribute(this, 0, dy.Value, isShared: true);
            return;
        }

        if (pass.IsOptional(this))
            pass.Flush();
        Value dx = pass.Fresh(this);
        pass.Call(this, $"dx = dy * weight, {Of}", With("MultiplyOperation", "dy", dy.Value, "weight", pass.Places.Parameter(this, "weight"), dx));
        pass.Contribute(this, 0, dx);
    }

    private string Of => Spec.Over switch { ScaleOver.Channels => "per channel", ScaleOver.Positions => "per position", _ => "per element" };

    private KernelCall With(string operation, string name, Value x, string parameter, Address numbers, Value y)
    {
        KernelCall call = KernelCall.Of(RuntimeKernel.BinaryForward).Argue(new OperationArgument(operation)).In(name, x).Numbers(x.Layout.Pitch).Flag(false);
        return Repeated(call, parameter, numbers).Out("y", y).Positions().Pitch();
    }

    /// <summary>A parameter, which stands still or moves along with positions.</summary>
    private KernelCall Repeated(KernelCall call, string name, Address numbers, Access access = Access.In)
    {
        TensorLayout? layout = Spec.Over switch
        {
            ScaleOver.Channels => null,
            ScaleOver.Positions => TensorLayout.Plain(Input) with { Channels = 1, Pitch = 1 },
            _ => TensorLayout.Plain(Input),
        };
        if (layout is null)
            call.Operand(name, access, numbers);
        else
            call.Operand(name, access, numbers, layout);
        return call.Numbers(layout?.Pitch ?? 0).Flag(Spec.Over == ScaleOver.Positions);
    }

    /// <summary>As those of a norm with a weight and a bias for each element, with the mean 0 and the deviation 1.</summary>
    private void PlanElements(BackwardPass pass, Value dy)
    {
        int count = dy.Layout.RawSize;
        Address zeros = Address.Of(pass.Schedule.Shared(BackwardPass.NameOf(this, "Zeros"), TensorLayout.Plain(Output).Pitch));
        Address ones = Address.Of(pass.Schedule.Shared(BackwardPass.NameOf(this, "Ones"), TensorLayout.Plain(Output).Pitch));
        KernelCall fill = KernelCall.Of(RuntimeKernel.Fill).Out("y", ones).Reals(1).Numbers(TensorLayout.Plain(Output).Pitch);
        pass.Schedule.Batch(fill.Step(MethodStem + "Ones", "the deviation that gradients are divided by"));
        KernelCall call = KernelCall.Of(RuntimeKernel.LayerNormParameterGradients)
            .In("dy", dy.Interior)
            .In("x", pass.Forward.InputOf(this).Interior)
            .In("mean", zeros)
            .In("inverseDeviation", ones)
            .InOut("dw", GradientOf(pass, "weight", Spec.Factor, count))
            .InOut("db", GradientOf(pass, "bias", Spec.Bias, count))
            .Numbers(count, BlockFloats)
            .Number(RunNumbers.IsFirst)
            .Units((count + BlockFloats - 1) / BlockFloats);
        pass.Schedule.Batch(call.Step(MethodStem + "ParameterGradients", "dw += dy * x and db += dy, element by element, for one image"));
    }

    private Address GradientOf(BackwardPass pass, string parameter, bool exists, int count) => exists
        ? pass.Places.Gradient(this, parameter)
        : Address.Of(pass.Schedule.Shared(BackwardPass.NameOf(this, "NoGradient"), count));

    /// <summary>Sums per image first, then over the images in order.</summary>
    private void PlanSums(BackwardPass pass, Value dy)
    {
        List<Step> combined = [];
        if (Spec.Factor)
            combined.Add(PlanSum(pass, dy, "weight", "MultiplyOperation", "dw = sum of dy * x"));
        if (Spec.Bias)
            combined.Add(PlanSum(pass, dy, "bias", "AddOperation", "db = sum of dy"));
        pass.Defer(() => combined.ForEach(step => pass.Schedule.Batch(step)));
    }

    private Step PlanSum(BackwardPass pass, Value dy, string parameter, string operation, string formula)
    {
        Value x = pass.Forward.InputOf(this);
        string what = Names.Pascal(parameter);
        Address sums = Address.Of(pass.Schedule.Tensor(BackwardPass.NameOf(this, what + "Sums"), SumFloats));
        pass.Schedule.PerImage(KernelCall.Of(RuntimeKernel.Clear).Out("y", sums).Numbers(SumFloats).Step(MethodStem + what + "ClearSums", "zeros to add to"));
        KernelCall call = KernelCall.Of(RuntimeKernel.BinaryGradient(isFirst: false, sums: true)).Argue(new OperationArgument(operation))
            .In("dy", dy).Numbers(dy.Layout.Pitch).In("x", x).Numbers(x.Layout.Pitch).Flag(false);
        Repeated(call, parameter, pass.Places.Parameter(this, parameter));
        Repeated(call, "sums", sums, Access.InOut).Positions().Numbers(Input.Channels);
        pass.Schedule.PerImage(call.Step(MethodStem + what + "Sums", formula + " over what the parameter is repeated for, for one image"));
        return KernelCall.Of(RuntimeKernel.SumImages).In("sums", sums).Number(RunNumbers.Images).Numbers(SumFloats)
            .Out(parameter == "weight" ? "dw" : "db", pass.Places.Gradient(this, parameter))
            .Step(MethodStem + what + "Gradient", formula + " over the batch");
    }
}
