namespace Cnn.Training;

/// <summary>All numbers of a network.</summary>
internal static class ParameterValues
{
    public static float[][] Read(INetwork network) => [.. network.Parameters.Select(parameter => parameter.Values.ToArray())];

    public static void Write(INetwork network, float[][] values)
    {
        for (int index = 0; index < values.Length; index++)
            values[index].CopyTo(network.Parameters[index].Values);
    }
}
