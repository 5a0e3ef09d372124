using System.Buffers.Binary;
using Cnn.Training.Rendering;

namespace LeNetSample.Tests;

/// <summary>Writes small data sets of rendered digits in MNIST's files.</summary>
internal static class IdxFiles
{
    public static void Write(string folder, int trainingImages, int testImages)
    {
        Directory.CreateDirectory(folder);
        Write(folder, "train", trainingImages, stream: 1);
        Write(folder, "t10k", testImages, stream: 2);
    }

    private static void Write(string folder, string part, int count, int stream)
    {
        (byte[] pixels, int[] labels) = DigitRenderer.Render(count, seed: 1, stream);
        Write(Path.Combine(folder, $"{part}-images-idx3-ubyte"), [count, 28, 28], pixels);
        Write(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), [count], Array.ConvertAll(labels, label => (byte)label));
    }

    private static void Write(string path, int[] shape, byte[] values)
    {
        byte[] header = new byte[4 + 4 * shape.Length];
        header[2] = 8;
        header[3] = (byte)shape.Length;
        for (int i = 0; i < shape.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), shape[i]);
        File.WriteAllBytes(path, [.. header, .. values]);
    }
}
