using Cnn.Property.Tests.Compiling;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Runs;

/// <summary>Networks that a test names, compiled together when the first of them is needed.</summary>
internal sealed class DeclaredNetworks
{
    private readonly IReadOnlyDictionary<string, NetworkDescription> _descriptions;
    private readonly Lazy<IReadOnlyList<Func<INetwork>>> _compiled;

    /// <param name="descriptions">Them, by name.</param>
    /// <param name="winogradTraining">Whether trainers may compute convolutions by Winograd's tiles.</param>
    public DeclaredNetworks(IReadOnlyDictionary<string, NetworkDescription> descriptions, bool winogradTraining = true)
    {
        _descriptions = descriptions;
        _compiled = new(() => NetworkCompiler.Compile([.. descriptions.Values], winogradTraining));
    }

    public IEnumerable<string> Names => _descriptions.Keys;

    public NetworkDescription Describe(string name) => _descriptions[name];

    public INetwork Create(string name) => _compiled.Value[_descriptions.Keys.ToList().IndexOf(name)]();

    /// <summary>The network agrees with the oracle.</summary>
    /// <param name="name">Which one.</param>
    /// <param name="loss">What it is trained with; the mean squared error where none is given.</param>
    public void Check(string name, OracleLoss? loss = null)
    {
        NetworkCase drawn = NetworkCase.TryDraw(Describe(name), loss ?? new OracleLoss(LossKind.MeanSquaredError), seed: 1)
            ?? throw new InvalidOperationException($"No data were found that single precision can decide for\n{Describe(name)}");
        Agreement.Check(drawn, () => Create(name));
    }
}
