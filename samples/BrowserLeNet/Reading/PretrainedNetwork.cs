using EmbeddedLeNet;

namespace BrowserLeNet.Reading;

/// <summary>The network whose weights are inside this assembly.</summary>
internal static class PretrainedNetwork
{
    private const string Resource = "digits.safetensors";

    public static LeNet Load()
    {
        using Stream weights = typeof(PretrainedNetwork).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly has no resource '{Resource}'.");
        return LeNet.Load(weights);
    }
}
