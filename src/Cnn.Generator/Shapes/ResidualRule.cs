using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Residual]: which layers bring a block's input to the shape of the current tensor.</summary>
internal sealed class ResidualRule : LayerRule<ResidualSpec>
{
    private static readonly NamedArgument NoBias = new("Bias", new FlagValue(false));

    /// <summary>The projection's name; its BatchNorm is called <c>shortcut_norm</c>.</summary>
    public const string ShortcutName = "shortcut";

    protected override void Check(ResidualSpec residual, LayerFaults faults)
    {
        if (!Enum.IsDefined(typeof(ShortcutKind), residual.Shortcut))
            faults.Require(false, "Shortcut", (int)residual.Shortcut, "Projection, Identity or WhereShapesFit", "there are no others");
    }

    /// <summary>The layers of a projection, each on the output of the one before; null and a fault where there is none.</summary>
    /// <param name="residual">With its whole name.</param>
    /// <param name="name">The projection's whole name.</param>
    /// <param name="from">The block's input.</param>
    /// <param name="to">The shape that is needed.</param>
    /// <param name="faults">The residual's.</param>
    public static EquatableArray<LayerSpec>? Projection(ResidualSpec residual, string name, LayerInput from, TensorShape to, LayerFaults faults)
    {
        if (from.Shape.Rank != to.Rank)
        {
            faults.Add(FaultIds.NoProjection, null, -1, from.Layer, faults.Name, from.Shape.ToString(), to.ToString(), "they have another number of axes");
            return null;
        }

        int[] strides = new int[to.Rank];
        for (int axis = 0; axis < strides.Length; axis++)
        {
            int length = from.Shape.Axes[axis];
            int wanted = to.Axes[axis];
            strides[axis] = Divide(length, wanted);
            if (Divide(length, strides[axis]) == wanted)
                continue;
            string reason = $"no stride makes a {WindowRule.AxisName(strides.Length, axis)} of {Numbers.Text(length)} into {Numbers.Text(wanted)}";
            faults.Add(FaultIds.NoProjection, null, -1, from.Layer, faults.Name, from.Shape.ToString(), to.ToString(), reason);
            return null;
        }

        return
        [
            to.Rank == 0
                ? Make("Linear", new("OutFeatures", new IntegerValue(to.Channels)), NoBias)
                : Make("Conv", new("OutChannels", new IntegerValue(to.Channels)), new("Kernel", List(1)), new("Strides", List(strides)), NoBias),
            Make("BatchNorm") with { Name = name + "_norm" },
        ];

        LayerSpec Make(string kind, params NamedArgument[] arguments) =>
            LayerFactory.Create(kind, [.. arguments]) with { Name = name, Frozen = residual.Frozen };
    }

    private static ArrayValue List(params int[] values) => new(values.Select(static ArgumentValue (value) => new IntegerValue(value)).ToEquatableArray());

    /// <summary>Rounded up: the length that a kernel of size 1 leaves of a length at a stride, and the smallest stride that may leave a length.</summary>
    private static int Divide(int length, int divisor) => (int)(((long)length + divisor - 1) / divisor);
}
