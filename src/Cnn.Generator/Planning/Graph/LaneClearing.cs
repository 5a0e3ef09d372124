namespace Cnn.Generator.Planning;

/// <summary>Zeros in the lanes behind the channels of every position.</summary>
internal static class LaneClearing
{
    public static Step Step(string stem, Value value)
    {
        TensorLayout layout = value.Layout;
        Value behind = value with { Channel = layout.Channels };
        return KernelCall.Of(RuntimeKernel.ClearLanes).InOut("y", behind).Numbers(layout.Pitch).Positions().Numbers(layout.Pitch - layout.Channels)
            .Step(stem + "ClearLanes", "zeros behind the channels, where the function may have no finite value");
    }
}
