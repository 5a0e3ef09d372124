namespace Cnn.Generator.Planning;

/// <summary>A kernel of the runtime, by its class in <c>Cnn.CompilerServices</c> and its method.</summary>
public sealed record RuntimeKernel(string Class, string Method)
{
    public static RuntimeKernel Activate { get; } = new("ElementWise", "Forward");

    public static RuntimeKernel ActivateBackward { get; } = new("ElementWise", "Backward");

    public static RuntimeKernel Add { get; } = new("ElementWise", "Add");

    public static RuntimeKernel Finish { get; } = new("ElementWise", "Finish");

    public static RuntimeKernel Clear { get; } = new("ElementWise", "Clear");

    public static RuntimeKernel Copy { get; } = new("ElementWise", "Copy");

    public static RuntimeKernel ScaleShift { get; } = new("ElementWise", "ScaleShift");

    public static RuntimeKernel Fill { get; } = new("KernelConstants", "Fill");

    public static RuntimeKernel StatisticsAsScaleShift { get; } = new("KernelConstants", "ScaleShift");

    public static RuntimeKernel PlanarToChannelsLast { get; } = new("Packing", "PlanarToChannelsLast");

    public static RuntimeKernel ChannelsLastToPlanar { get; } = new("Packing", "ChannelsLastToPlanar");

    public static RuntimeKernel TransposeBlock { get; } = new("Packing", "TransposeBlock");

    public static RuntimeKernel Move { get; } = new("ElementMoves", "Move");

    public static RuntimeKernel ClearChannels { get; } = new("ChannelSlices", "Clear");

    public static RuntimeKernel CopyChannels { get; } = new("ChannelSlices", "Copy");

    public static RuntimeKernel RegroupChannels { get; } = new("GroupPacking", "Regroup");

    public static RuntimeKernel RegroupPlanes { get; } = new("GroupPacking", "FromPlanes");

    public static RuntimeKernel ClearLanes { get; } = new("ChannelSlices", "Clear");

    public static RuntimeKernel ColumnSums { get; } = new("Reductions", "ColumnSums");

    public static RuntimeKernel SumGroups { get; } = new("Reductions", "SumGroups");

    public static RuntimeKernel SumImages { get; } = new("Reductions", "SumImages");

    public static RuntimeKernel Contract { get; } = new("Contractions", "Run");

    public static RuntimeKernel WinogradInput { get; } = new("Winograd", "TransformInput");

    public static RuntimeKernel WinogradOutput { get; } = new("Winograd", "TransformOutput");

    public static RuntimeKernel WinogradWeight { get; } = new("WinogradTraining", "TransformWeight");

    public static RuntimeKernel WinogradTurnedWeight { get; } = new("WinogradTraining", "TransformTurnedWeight");

    public static RuntimeKernel WinogradGradient { get; } = new("WinogradTraining", "GradientOfPoints");

    public static RuntimeKernel BatchNormStatistics { get; } = new("BatchNormKernels", "Statistics");

    public static RuntimeKernel BatchNormCombine { get; } = new("BatchNormKernels", "Combine");

    public static RuntimeKernel BatchNormNormalize { get; } = new("BatchNormKernels", "Normalize");

    public static RuntimeKernel BatchNormScaleShift { get; } = new("BatchNormKernels", "ScaleShift");

    public static RuntimeKernel BatchNormBackwardSums { get; } = new("BatchNormKernels", "BackwardSums");

    public static RuntimeKernel BatchNormBackwardCombine { get; } = new("BatchNormKernels", "BackwardCombine");

    public static RuntimeKernel BatchNormBackwardApply { get; } = new("BatchNormKernels", "BackwardApply");

    public static RuntimeKernel GroupNormStatistics { get; } = new("GroupNormKernels", "Statistics");

    public static RuntimeKernel GroupNormNormalize { get; } = new("GroupNormKernels", "Normalize");

    public static RuntimeKernel GroupNormBackwardCoefficients { get; } = new("GroupNormKernels", "BackwardCoefficients");

    public static RuntimeKernel GroupNormBackwardApply { get; } = new("GroupNormKernels", "BackwardApply");

    public static RuntimeKernel LayerNormNormalize { get; } = new("LayerNormKernels", "Normalize");

    public static RuntimeKernel LayerNormParameterGradients { get; } = new("LayerNormKernels", "ParameterGradients");

    public static RuntimeKernel PositionNormForward { get; } = new("PositionNormKernels", "Forward");

    public static RuntimeKernel PositionNormBackward { get; } = new("PositionNormKernels", "Backward");

    public static RuntimeKernel PositionNormSums { get; } = new("PositionNormKernels", "ParameterSums");

    public static RuntimeKernel LocalResponseForward { get; } = new("LocalResponseNormKernels", "Forward");

    public static RuntimeKernel LocalResponseBackward { get; } = new("LocalResponseNormKernels", "Backward");

    public static RuntimeKernel PReLUForward { get; } = new("PReLUKernels", "Forward");

    public static RuntimeKernel PReLUBackward { get; } = new("PReLUKernels", "Backward");

    public static RuntimeKernel PReLUSlopeSums { get; } = new("PReLUKernels", "SlopeSums");

    public static RuntimeKernel PReLUSharedSlopeGradient { get; } = new("PReLUKernels", "SharedSlopeGradient");

    public static RuntimeKernel BinaryForward { get; } = new("BinaryKernels", "Forward");

    public static RuntimeKernel ReducePositions { get; } = new("AxisReductions", "Positions");

    public static RuntimeKernel ReducePositionsBackward { get; } = new("AxisReductions", "PositionsBackward");

    public static RuntimeKernel ReduceChannels { get; } = new("AxisReductions", "Channels");

    public static RuntimeKernel ReduceChannelsBackward { get; } = new("AxisReductions", "ChannelsBackward");

    public static RuntimeKernel SoftmaxForward { get; } = new("SoftmaxKernels", "Forward");

    public static RuntimeKernel SoftmaxBackward { get; } = new("SoftmaxKernels", "Backward");

    public static RuntimeKernel SoftmaxForwardAlong { get; } = new("SoftmaxKernels", "ForwardAlong");

    public static RuntimeKernel SoftmaxBackwardAlong { get; } = new("SoftmaxKernels", "BackwardAlong");

    public static RuntimeKernel Dropout { get; } = new("DropoutKernel", "Apply");

    public static RuntimeKernel StochasticDepth { get; } = new("StochasticDepthKernel", "Apply");

    public static RuntimeKernel MaxForward { get; } = new("GlobalPool", "MaxForward");

    public static RuntimeKernel MaxBackward { get; } = new("GlobalPool", "MaxBackward");

    public static RuntimeKernel AverageOfBlocks { get; } = new("GlobalPool", "AverageOfBlocks");

    public static RuntimeKernel AverageForward { get; } = new("GlobalPool", "AverageForward");

    public static RuntimeKernel AverageBackward { get; } = new("GlobalPool", "AverageBackward");

    public static RuntimeKernel ResampleAxis { get; } = new("AxisResampling", "Run");

    public static RuntimeKernel BilinearForward { get; } = new("BilinearUpsampling", "Forward");

    public static RuntimeKernel BilinearBackward { get; } = new("BilinearUpsampling", "Backward");

    /// <summary>The gradient of an operand of two.</summary>
    /// <param name="isFirst">Which one.</param>
    /// <param name="sums">Whether it is repeated, so that its gradient is a sum.</param>
    public static RuntimeKernel BinaryGradient(bool isFirst, bool sums) =>
        new("BinaryKernels", (sums ? "Add" : "") + (isFirst ? "First" : "Second") + (sums ? "Sums" : "Gradient"));
}
