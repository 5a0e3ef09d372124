namespace Cnn.Serving;

/// <summary>The meter of pools, for a host that exports it.</summary>
public static class PredictorPoolMeter
{
    /// <summary>Its name: <c>Cnn.Serving</c>.</summary>
    public const string Name = "Cnn.Serving";
}
