using System.Globalization;
using System.Runtime.InteropServices;
using BrowserLeNet.Reading;
using BrowserLeNet.Training;
using Cnn.Data;

// What the page computes, on the desktop: the same classes, for a test that compares the bits. Without fused multiply-add, which WebAssembly has not:
// DOTNET_EnableAVX2=0 switches it off on x64.
switch (args)
{
    case ["predict", string pictures]:
        Predict(pictures);
        return 0;
    case ["train", string images, string seed, string rate, string batch, string steps]:
        Train(images, Whole(seed), double.Parse(rate, CultureInfo.InvariantCulture), Whole(batch), Whole(steps));
        return 0;
    case ["render", string images]:
        CompareRendering(images);
        return 0;
    default:
        Console.Error.WriteLine("oracle predict PICTURES | oracle train IMAGES SEED RATE BATCH STEPS | oracle render IMAGES");
        return 2;
}

static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

// A line for each picture of 784 floats: its scores' bits.
static void Predict(string file)
{
    ReadOnlySpan<float> pictures = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file));
    using DigitReader reader = new(PretrainedNetwork.Load());
    float[] scores = new float[10];
    for (int start = 0; start < pictures.Length; start += 784)
    {
        reader.Predict(pictures.Slice(start, 784), scores);
        PrintBits(scores);
    }
}

// A line for each step: the bits of both losses.
static void Train(string file, int seed, double rate, int batch, int steps)
{
    (byte[] pixels, int[] labels) = Read(file);
    using Experiment experiment = new(new ImageDataset(pixels, labels, [1, 28, 28], 10), seed, (float)rate, batch);
    for (int step = 0; step < steps; step++)
    {
        experiment.NextBatch();
        PrintBits([experiment.Step(Experiment.Plain), experiment.Step(Experiment.Normalized)]);
    }
}

// How many pixels and labels differ from those that are drawn here.
static void CompareRendering(string file)
{
    (byte[] pixels, int[] labels) = Read(file);
    DigitSets sets = new();
    while (sets.Render() < 1)
    {
    }

    ImageDataset drawn = sets.Train!;
    float[] image = new float[drawn.ImageLength];
    int different = labels.AsSpan().SequenceEqual(drawn.Labels) ? 0 : 1;
    for (int index = 0; index < drawn.Count; index++)
    {
        drawn.CopyImage(index, image);
        for (int pixel = 0; pixel < image.Length; pixel++)
            different += (byte)MathF.Round(image[pixel] * 255f) == pixels[(index * image.Length) + pixel] ? 0 : 1;
    }

    Console.WriteLine(different.ToString(CultureInfo.InvariantCulture));
}

// Records of 784 pixels and a class.
static (byte[] Pixels, int[] Labels) Read(string file)
{
    byte[][] records = [.. File.ReadAllBytes(file).Chunk(785)];
    return ([.. records.SelectMany(record => record[..784])], [.. records.Select(record => (int)record[784])]);
}

static void PrintBits(ReadOnlySpan<float> values)
{
    string[] bits = new string[values.Length];
    for (int index = 0; index < bits.Length; index++)
        bits[index] = BitConverter.SingleToUInt32Bits(values[index]).ToString("x8", CultureInfo.InvariantCulture);
    Console.WriteLine(string.Join(' ', bits));
}
