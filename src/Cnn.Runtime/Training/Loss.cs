namespace Cnn;

/// <summary>What training minimises. Each is the mean, as in PyTorch.</summary>
public abstract class Loss
{
    private protected Loss()
    {
    }
}
