namespace Cnn.Functional.Tests.Support;

/// <summary>Numbers from a seed.</summary>
internal static class TestData
{
    /// <summary>Uniform in [-1, 1).</summary>
    public static float[] Reals(int count, int seed)
    {
        Random random = new(seed);
        float[] values = new float[count];
        for (int index = 0; index < count; index++)
            values[index] = (random.NextSingle() * 2) - 1;
        return values;
    }

    public static int[] Labels(int count, int classes, int seed)
    {
        Random random = new(seed);
        int[] labels = new int[count];
        for (int index = 0; index < count; index++)
            labels[index] = random.Next(classes);
        return labels;
    }

    /// <summary>Parameters and running statistics that no layer starts with, so that none of them can be left out unnoticed.</summary>
    public static void Stir(INetwork network, int seed)
    {
        Random random = new(seed);
        foreach (Parameter parameter in network.Parameters)
        {
            bool positive = parameter.Name.EndsWith("running_var", StringComparison.Ordinal);
            foreach (ref float value in parameter.Values)
                value = positive ? 0.3f + random.NextSingle() : (random.NextSingle() * 1.6f) - 0.8f;
        }
    }

    /// <summary>All parameters and running statistics, one after the other.</summary>
    public static float[] Parameters(INetwork network) => [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
}
