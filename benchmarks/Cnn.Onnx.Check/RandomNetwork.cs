namespace Cnn.Onnx.Check;

/// <summary>Networks whose every parameter is random, running statistics included, so that nothing hides behind a 0 or a 1.</summary>
internal static class RandomNetwork
{
    public static INetwork Create(Type type)
    {
        var network = (INetwork)Activator.CreateInstance(type, 1)!;
        Random random = new(7);
        foreach (Parameter parameter in network.Parameters)
        {
            bool isVariance = parameter.Name.EndsWith("running_var", StringComparison.Ordinal);
            bool isScale = parameter.Shape.Length == 1 && parameter.Name.EndsWith("weight", StringComparison.Ordinal);
            bool isVector = parameter.Shape.Length == 1;
            if (!isVector)
                continue;
            foreach (ref float value in parameter.Values)
                value = isVariance || isScale ? 0.5f + random.NextSingle() : random.NextSingle() - 0.5f;
        }

        return network;
    }

    /// <summary>Uniform in -1 to 1.</summary>
    public static float[] Inputs(int length)
    {
        Random random = new(11);
        float[] inputs = new float[length];
        foreach (ref float value in inputs.AsSpan())
            value = (2 * random.NextSingle()) - 1;
        return inputs;
    }
}
