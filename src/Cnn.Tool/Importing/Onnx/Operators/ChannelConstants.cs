namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Constants that are broadcast to a tensor: one number, or one a channel.</summary>
internal static class ChannelConstants
{
    private const int MostCompared = 1 << 22;

    /// <summary>One number where all are equal, else one a channel.</summary>
    /// <param name="constant">The constant.</param>
    /// <param name="axes">The tensor's axes, batch and channels first.</param>
    /// <exception cref="NotExpressibleException">It varies over other axes, or does not broadcast to the tensor.</exception>
    public static double[] Of(Tensor constant, int[] axes)
    {
        if (!ShapeArithmetic.Broadcast(constant.Shape, axes).AsSpan().SequenceEqual(axes))
            throw new NotExpressibleException($"its constant {Tensor.Text(constant.Shape)} would widen the tensor {Tensor.Text(axes)}");
        if (constant.Uniform() is { } one)
            return [one];
        if (constant.Length > MostCompared)
            throw Varies(constant);
        int channelAxis = constant.Shape.Length - axes.Length + 1;
        if (channelAxis < 0 || constant.Shape[channelAxis] == 1)
            throw Varies(constant);
        int channels = constant.Shape[channelAxis];
        int inner = Tensor.Strides(constant.Shape)[channelAxis];
        double[] values = new double[channels];
        for (int index = 0; index < constant.Length; index++)
        {
            int channel = index / inner % channels;
            float value = constant.Reals[index];
            bool isFirst = index == channel * inner;
            if (isFirst)
                values[channel] = value;
            else if (value != (float)values[channel])
                throw Varies(constant);
        }

        return values;
    }

    private static NotExpressibleException Varies(Tensor constant) =>
        new($"its constant {Tensor.Text(constant.Shape)} varies over other axes than the channels, and layers have one number a channel");
}
