using System.Globalization;

namespace Cnn.Peers.Tests.Support;

/// <summary>How much is drawn, from which seed. The defaults are the same in every run; <c>.ci/long</c> sets others.</summary>
internal static class RunSettings
{
    private const int Beginnings = 1_000_000;

    /// <summary>As many as the property tests compile together.</summary>
    private const int NetworksOfBeginning = 60;

    public static uint Seed { get; } = (uint)Number("CNN_SEED", 1);

    /// <summary>Graphs that are compared with ONNX Runtime.</summary>
    public static int Graphs { get; } = Number("CNN_GRAPHS", 100);

    /// <summary>The only graph to be compared, where one is to be looked at again.</summary>
    public static int? OnlyGraph { get; } = Environment.GetEnvironmentVariable("CNN_GRAPH") is null ? null : Number("CNN_GRAPH", 0);

    /// <summary>Networks that are exported and compared with ONNX Runtime.</summary>
    public static int ExportedNetworks { get; } = Number("CNN_EXPORTS", 60);

    /// <summary>Where in the endless list of random networks a run begins.</summary>
    public static int FirstNetwork { get; } = (int)(Seed % Beginnings) * NetworksOfBeginning;

    /// <summary>Networks that are compared with libtorch; none unless some are asked for, because it is not on every machine.</summary>
    public static int TorchNetworks { get; } = Number("CNN_TORCH", 0);

    /// <summary>Where a run leaves its report and the models that failed.</summary>
    public static string Folder { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "hunt")).FullName;

    private static int Number(string variable, int otherwise)
    {
        string? given = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(given))
            return otherwise;
        return int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new InvalidOperationException($"{variable} is '{given}'; a whole number is needed.");
    }
}
