namespace Cnn.Aot.Benchmarks;

/// <summary>What is made of the rounds.</summary>
internal static class Statistics
{
    /// <summary>The middle value; of an even number, the upper one of the two.</summary>
    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
