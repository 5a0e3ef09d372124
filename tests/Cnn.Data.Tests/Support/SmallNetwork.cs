namespace Cnn.Data.Tests;

/// <summary>The parameters of a network with one convolution, one batch normalisation and one linear layer.</summary>
internal static class SmallNetwork
{
    public static ParameterSet Create(float first = 0)
    {
        var parameters = new ParameterSet(
        [
            new Parameter("conv1.weight", [2, 1, 3, 3], isTrainable: true),
            new Parameter("conv1.bias", [2], isTrainable: true),
            new Parameter("batchnorm1.running_var", [2], isTrainable: false),
            new Parameter("linear1.weight", [3, 2], isTrainable: true),
        ]);
        float next = first;
        foreach (Parameter parameter in parameters)
        {
            foreach (ref float value in parameter.Values)
                value = next += 0.25f;
        }

        return parameters;
    }

    public static float[] AllValues(ParameterSet parameters) => [.. parameters.SelectMany(parameter => parameter.Values.ToArray())];

    public static byte[] Saved(ParameterSet parameters)
    {
        var stream = new MemoryStream();
        WeightsFile.Save(parameters, stream);
        return stream.ToArray();
    }
}
