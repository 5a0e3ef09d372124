using Cnn.Property.Tests.Drawing;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

internal sealed class PoolDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators => ["MaxPool", "AveragePool", "LpPool"];

    public override int Weight => 3;

    public override bool Draw(Sketch sketch, string name)
    {
        if (sketch.MapRank < 1)
            return false;
        Dice dice = sketch.Dice;
        bool isMax = name == "MaxPool";
        AttributeProto?[] window =
            WindowAttributes.Of(sketch, WindowAttributes.Kernel(sketch), writesKernel: true, dilates: isMax ? sketch.Opset >= 10 : sketch.Opset >= 19);
        // SAME_UPPER and SAME_LOWER promise a length that ONNX Runtime's pools do not reach where they are dilated: it forgets the dilation when it pads.
        if (WindowAttributes.IsSame(window) && window.Any(attribute => attribute?.Name == "dilations"))
            return false;
        sketch.Node(
            name, [sketch.X.Name], isMax && sketch.Opset >= 8 && dice.Chance(10) ? 2 : 1,
            [
                .. window,
                sketch.Opset >= 10 && dice.Chance(35) ? Integer("ceil_mode", dice.Below(2)) : null,
                isMax && sketch.Opset >= 8 && dice.Chance(10) ? Integer("storage_order", dice.Below(2)) : null,
                name == "AveragePool" && sketch.Opset >= 7 && dice.Chance(40) ? Integer("count_include_pad", dice.Below(2)) : null,
            ]);
        return true;
    }
}
