using Cnn.Functional.Tests.Support;

namespace Cnn.Functional.Tests.Misuse;

/// <summary>A trainer in mid-training, and the assertion that a refused call leaves all of it as it was.</summary>
internal sealed class RefusedCalls : IDisposable
{
    private readonly INetwork _network;
    private readonly ITrainer _trainer;

    public RefusedCalls(INetwork network, ITrainer trainer)
    {
        _network = network;
        _trainer = trainer;
    }

    public void Throws<TException>(Action call, params string[] messageParts)
        where TException : Exception
    {
        (float[] parameters, float[] outputs, byte[] state) = (TestData.Parameters(_network), _trainer.Outputs.ToArray(), State());
        TException exception = Assert.Throws<TException>(call);
        foreach (string part in messageParts)
            Assert.Contains(part, exception.Message, StringComparison.Ordinal);
        Tolerance.SameBits(parameters, TestData.Parameters(_network), "the parameters after a refused call");
        Tolerance.SameBits(outputs, _trainer.Outputs, "the outputs after a refused call");
        Assert.Equal(state, State());
    }

    public void Dispose() => _trainer.Dispose();

    private byte[] State()
    {
        using MemoryStream stream = new();
        _trainer.SaveState(stream);
        return stream.ToArray();
    }
}
