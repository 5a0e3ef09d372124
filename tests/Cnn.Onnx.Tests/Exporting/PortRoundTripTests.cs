using Cnn.Onnx.Tests.Support;
using Cnn.Tool.Importing;

namespace Cnn.Onnx.Tests.Exporting;

/// <summary>Networks of several inputs and outputs go out as ONNX models and come back with the same ports, in the same order, and the same bits.</summary>
public sealed class PortRoundTripTests
{
    private const string Declarations = """
        [Network]
        [Input(4, Name = "facts")]
        [Linear(6), Tanh(Name = "context")]
        [Input(3, 6, 8, Name = "image")]
        [Conv(9, 3, Padding = 1), ReLU(Name = "body")]
        [GlobalAvgPool, Flatten, Concat("context"), Linear(5), Output("digit")]
        [Conv(2, 1, From = "body"), Output("mask")]
        public sealed partial class TwoHeads;

        [Network]
        [Input(3, 6, 8)]
        [Conv(4, 3, Padding = 1), ReLU(Name = "early")]
        [Conv(4, 3, Padding = 1), Tanh, Output("late")]
        [GlobalAvgPool, Flatten, Linear(3), Output("scores")]
        [Conv(2, 1, From = "early"), Output("first_map")]
        public sealed partial class ThreeOutputs;

        [Network]
        [Input(2, Name = "unread")]
        [Input(3, 6, 8, Name = "picture")]
        [Conv(4, 3, Padding = 1), Sigmoid]
        public sealed partial class UnreadInput;

        [Network]
        [Input(6, 8, 3, Name = "picture", Layout = DataLayout.ChannelsLast)]
        [Conv(4, 3, Padding = 1), Sigmoid, Output("map", Layout = DataLayout.ChannelsLast)]
        [GlobalAvgPool, Flatten, Linear(3), Output("scores")]
        public sealed partial class LastChannels;

        [Network]
        [Input(6, 8, 3, Layout = DataLayout.ChannelsLast, Element = PortElement.UInt8)]
        [Normalize(Mean = [120, 110, 100], Deviation = [60, 50, 40])]
        [Conv(4, 3, Padding = 1), Sigmoid, GlobalAvgPool, Flatten, Linear(3)]
        public sealed partial class Pixels;
        """;

    [Fact]
    public void Ports_come_back_in_their_order_with_the_same_bits()
    {
        IReadOnlyList<INetwork> originals = Reimport.Originals(Declarations);
        IReadOnlyList<Import> imports = [.. originals.Select(Reimport.Of)];
        IReadOnlyList<INetwork> copies = Reimport.Compiled(imports);
        for (int index = 0; index < originals.Count; index++)
        {
            Assert.Equal(Ports(originals[index].Inputs), Ports(copies[index].Inputs));
            Assert.Equal(Ports(originals[index].Outputs), Ports(copies[index].Outputs));
            Assert.Equal(Reimport.Predict(originals[index]), Reimport.Predict(copies[index]));
        }
    }

    private static IEnumerable<string> Ports(IReadOnlyList<Port> ports) => ports.Select(port => $"{port}, {port.Element}");
}
