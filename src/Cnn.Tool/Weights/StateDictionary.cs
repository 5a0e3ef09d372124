using Cnn.Tool.Importing;
using Cnn.Tool.Weights.PyTorch;

namespace Cnn.Tool.Weights;

/// <summary>Named tensors of a file, in its order: of PyTorch's <c>torch.save(model.state_dict(), …)</c> or of safetensors.</summary>
internal static class StateDictionary
{
    private const string Counter = "num_batches_tracked";

    /// <exception cref="ImportException">The file is neither, or is damaged, or holds more than tensors.</exception>
    public static IReadOnlyList<(string Name, Tensor Values)> Read(string path)
    {
        if (!File.Exists(path))
            throw new ImportException($"There is no file '{path}'.");
        IEnumerable<(string Name, Tensor Values)> tensors = IsZip(path) ? TorchFile.Read(path) : Safetensors(path);
        // PyTorch's count of batches, which only a BatchNorm without momentum needs.
        return [.. tensors.Where(tensor => tensor.Name != Counter && !tensor.Name.EndsWith("." + Counter, StringComparison.Ordinal))];
    }

    private static bool IsZip(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using FileStream stream = File.OpenRead(path);
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read >= 2 && start[0] == 0x80 && start[1] is > 0 and < 6)
        {
            throw new ImportException(
                $"'{path}' is a pickle without a zip archive, as PyTorch wrote before version 1.6, or no model at all: "
                + "load it in PyTorch and save its state_dict() anew.");
        }

        return start.SequenceEqual("PK\u0003\u0004"u8);
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
