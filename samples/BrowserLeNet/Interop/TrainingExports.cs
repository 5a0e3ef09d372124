using System.Runtime.InteropServices.JavaScript;
using BrowserLeNet.Training;
using Cnn;
using Cnn.Data;

namespace BrowserLeNet.Interop;

/// <summary>What the page calls to train.</summary>
internal static partial class TrainingExports
{
    private static readonly DigitSets Sets = new();
    private static readonly List<IdxArray> Files = [];
    private static Experiment? _experiment;

    private static Experiment Current => _experiment ?? throw new InvalidOperationException("Start a training first.");

    private static ImageDataset TrainSet => Sets.Train ?? throw new InvalidOperationException("The digits are not complete: draw all parts first.");

    /// <summary>Draws one more part of the digits.</summary>
    /// <returns>The share that is there, 1 at the end.</returns>
    [JSExport]
    internal static double Render() => Sets.Render();

    /// <summary>Images to learn from.</summary>
    [JSExport]
    internal static int ImageCount() => TrainSet.Count;

    /// <summary>Takes a user's IDX file; two, images and labels, replace the drawn digits.</summary>
    /// <param name="content">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <returns>Whether both are there now.</returns>
    [JSExport]
    internal static bool AddFile(byte[] content, string name)
    {
        Files.Add(IdxReader.Read(new MemoryStream(content), name));
        IdxArray? images = Files.FindLast(file => file.Shape.Length == 3);
        IdxArray? labels = Files.FindLast(file => file.Shape.Length == 1);
        if (images is null || labels is null)
            return false;
        Files.Clear();
        Sets.Use(images, labels);
        return true;
    }

    /// <summary>Begins anew from random weights.</summary>
    /// <param name="seed">Decides the weights and the order.</param>
    /// <param name="learningRate">The step size.</param>
    /// <param name="batchSize">Images a step.</param>
    [JSExport]
    internal static void Start(int seed, double learningRate, int batchSize)
    {
        _experiment?.Dispose();
        _experiment = new Experiment(TrainSet, seed, (float)learningRate, batchSize);
    }

    /// <summary>Goes to the next images.</summary>
    [JSExport]
    internal static void NextBatch() => Current.NextBatch();

    /// <summary>One step of one network on the current images.</summary>
    /// <param name="run">0: without batch normalisation; 1: with it.</param>
    /// <returns>The loss before the update.</returns>
    [JSExport]
    internal static double Step(int run) => Current.Step(run);

    /// <summary>Of the last step's images, those that were read right.</summary>
    /// <param name="run">Which network.</param>
    [JSExport]
    internal static double Accuracy(int run) => Current.Runs[run].Accuracy;

    /// <summary>Of the test images, those that are read right now.</summary>
    /// <param name="run">Which network.</param>
    [JSExport]
    internal static double Test(int run) => Current.Runs[run].Test(Sets.Test!);

    /// <summary>Sets the step size of both networks.</summary>
    /// <param name="value">Above 0.</param>
    [JSExport]
    internal static void SetLearningRate(double value)
    {
        foreach (TrainingRun run in Current.Runs)
            run.LearningRate = (float)value;
    }

    /// <summary>One image to learn from, a byte a pixel, and its class behind them.</summary>
    /// <param name="index">From 0.</param>
    [JSExport]
    internal static byte[] Image(int index)
    {
        float[] pixels = new float[TrainSet.ImageLength];
        TrainSet.CopyImage(index, pixels);
        return [.. pixels.Select(pixel => (byte)MathF.Round(pixel * 255f)), (byte)TrainSet.Labels[index]];
    }

    internal static INetwork NetworkOf(int run) => Current.Runs[run].Network;
}
