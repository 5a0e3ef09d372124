using Cnn.Tool.Importing;
using Cnn.Tool.Weights.PyTorch;

namespace Cnn.Tool.Weights;

/// <summary>Named tensors of a file, in its order: of what PyTorch's <c>torch.save</c> wrote, or of safetensors.</summary>
internal static class StateDictionary
{
    private const string Counter = "num_batches_tracked";

    /// <param name="path">The file.</param>
    /// <param name="entry">Where in a checkpoint the state dict is, as <c>ema.model</c>; null where it is found without.</param>
    /// <exception cref="ImportException">The file is neither, or is damaged, or has no state dict.</exception>
    public static IReadOnlyList<(string Name, Tensor Values)> Read(string path, string? entry = null)
    {
        if (!File.Exists(path))
            throw new ImportException($"There is no file '{path}'.");
        IEnumerable<(string Name, Tensor Values)> tensors = IsTorch(path) ? TorchFile.Read(path, entry) : Safetensors(path);
        // PyTorch's count of batches, which only a BatchNorm without momentum needs.
        return [.. tensors.Where(tensor => tensor.Name != Counter && !tensor.Name.EndsWith("." + Counter, StringComparison.Ordinal))];
    }

    private static bool IsTorch(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using FileStream stream = File.OpenRead(path);
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return TorchPickles.IsStart(start[..read]) || start.SequenceEqual("PK\u0003\u0004"u8);
    }

    private static IEnumerable<(string, Tensor)> Safetensors(string path)
    {
        try
        {
            return [.. TensorFile.Read(path).Tensors.Select(tensor => (tensor.Name, Converted(tensor)))];
        }
        catch (WeightsException exception)
        {
            throw new ImportException(exception.Message, exception);
        }
    }

    private static Tensor Converted(NamedTensor tensor)
    {
        int[] shape = Tensor.CheckedShape(tensor.Shape);
        return tensor.Reals is { } reals ? Tensor.OfReals(shape, reals) : Tensor.OfIntegers(shape, tensor.Integers);
    }
}
