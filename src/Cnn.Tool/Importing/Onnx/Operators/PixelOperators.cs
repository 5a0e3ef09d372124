namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>DepthToSpace and SpaceToDepth: convolutions whose stride is their kernel and whose weights are 0 and 1, which training leaves alone.</summary>
internal static class PixelOperators
{
    private const int MostWeights = 1 << 22;
    private const int LargestBlock = 64;

    public static void Register()
    {
        OperatorTable.Add("DepthToSpace", DepthToSpace);
        OperatorTable.Add("SpaceToDepth", SpaceToDepth);
    }

    /// <summary>Channel c block² + row block + column becomes the pixel at (row, column) of channel c.</summary>
    /// <param name="input">2-D.</param>
    /// <param name="block">Pixels of a side, whose square divides the channels.</param>
    /// <param name="source">The node.</param>
    public static Layer Shuffled(Layer input, int block, string source)
    {
        int channels = input.Channels / (block * block);
        return Spread(input, block, channels, source, (channel, pixel) => (channel * block * block) + pixel);
    }

    private static OnnxValue DepthToSpace(OperatorNode node)
    {
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        int block = Block(node, input);
        if (input.Channels % (block * block) != 0)
            throw new NotExpressibleException(
                $"its blocksize {block} makes {block * block} pixels of each channel, which does not divide the {input.Channels} channels");
        int channels = input.Channels / (block * block);
        Layer layer = node.Text("mode", "DCR") switch
        {
            "CRD" => Shuffled(input, block, node.Source),
            "DCR" => Spread(input, block, 1, node.Source, (channel, pixel) => (pixel * channels) + channel),
            string other => throw new NotExpressibleException($"its mode is '{other}'; DCR and CRD are known"),
        };
        return OperatorTable.Result(layer, x);
    }

    private static OnnxValue SpaceToDepth(OperatorNode node)
    {
        FeatureValue x = node.Feature(0);
        Layer input = Views.Natural(x);
        int block = Block(node, input);
        (int height, int width) = (input.Shape[1], input.Shape[2]);
        if (height % block != 0 || width % block != 0)
            throw new NotExpressibleException($"its blocksize {block} does not divide the map {Tensor.Text(input.Shape)}");
        long wanted = (long)input.Channels * block * block;
        // Bounded before it is squared, which could overflow.
        float[] weight = Zeros(Math.Min(wanted, MostWeights) * wanted);
        int outputs = (int)wanted;
        for (int output = 0; output < outputs; output++)
        {
            (int pixel, int channel) = (output / input.Channels, output % input.Channels);
            weight[(((output * input.Channels) + channel) * block * block) + pixel] = 1;
        }

        return OperatorTable.Result(
            new Layer("Conv", [outputs, height / block, width / block], node.Source)
            {
                Inputs = [input],
                Arguments = [Literal.Of(outputs), Literal.Of(block)],
                Options = [("Stride", Literal.Of(block)), ("Bias", "false"), ("Frozen", "true")],
                Parameters = [("weight", Tensor.OfReals([outputs, input.Channels, block, block], weight))],
                IsShapeFixed = true,
            },
            x);
    }

    /// <summary>A transposed convolution that puts each channel to its pixel.</summary>
    private static Layer Spread(Layer input, int block, int groups, string source, Func<int, int, int> channelOf)
    {
        int pixels = block * block;
        int channels = input.Channels / pixels;
        int ofGroup = channels / groups;
        float[] weight = Zeros((long)input.Channels * ofGroup * pixels);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
                weight[(((channelOf(channel, pixel) * ofGroup) + (channel % ofGroup)) * pixels) + pixel] = 1;
        }

        return new Layer("ConvTranspose", [channels, input.Shape[1] * block, input.Shape[2] * block], source)
        {
            Inputs = [input],
            Arguments = [Literal.Of(channels), Literal.Of(block)],
            Options = [("Stride", Literal.Of(block)), .. groups == 1
                ? ((string, string)[])[]
                : [("Groups", Literal.Of(groups))], ("Bias", "false"), ("Frozen", "true")],
            Parameters = [("weight", Tensor.OfReals([input.Channels, ofGroup, block, block], weight))],
            IsShapeFixed = true,
        };
    }

    private static int Block(OperatorNode node, Layer input)
    {
        long block = node.Integer("blocksize", 0);
        if (block is < 1 or > LargestBlock || input.Rank != 2)
            throw new NotExpressibleException(
                $"its blocksize is {block} on {Tensor.Text(input.Shape)}; a map of two axes and a block of 1 to {LargestBlock} are needed");
        return (int)block;
    }

    private static float[] Zeros(long length) => length <= MostWeights
        ? new float[length]
        : throw new NotExpressibleException(
            $"it rearranges so many channels that a convolution for it would have {length:N0} weights; at most {MostWeights:N0} are made");
}
