namespace Cnn.Convolutions.Benchmarks;

/// <summary>What a kernel for a convolution is usually written for. The first that fits counts.</summary>
internal enum ConvolutionKind
{
    /// <summary>A group for each input channel.</summary>
    Depthwise,
    Grouped,
    Dilated,
    Pointwise,
    Strided,
    ThreeByThree,

    /// <summary>2x2 and 4x4 to 7x7, at every position.</summary>
    OtherKernel,
}
