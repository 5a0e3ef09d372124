using Cnn.Tool.Importing;

namespace Cnn.Tool.Weights.PyTorch;

/// <summary>A file that torch.save wrote: what was saved, and the storages that its tensors refer to.</summary>
internal interface ITorchContainer : IDisposable
{
    /// <summary>What was saved.</summary>
    object? Root { get; }

    /// <summary>The bytes of a storage, as many as it is said to have.</summary>
    /// <exception cref="ImportException">It is missing, or has another length.</exception>
    byte[] Content(TorchStorage storage);
}
