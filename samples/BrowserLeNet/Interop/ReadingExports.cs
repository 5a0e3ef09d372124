using System.Runtime.InteropServices.JavaScript;
using BrowserLeNet.Reading;
using Cnn;
using Cnn.Data;
using Cnn.Training;

namespace BrowserLeNet.Interop;

/// <summary>What the page calls to read digits.</summary>
internal static partial class ReadingExports
{
    private const int Classes = 10;
    private const int MostParameters = 1 << 16;

    private static readonly FloatBuffer PixelBuffer = new(784);
    private static readonly FloatBuffer ScoreBuffer = new(Classes);
    private static readonly FloatBuffer ParameterBuffer = new(MostParameters);
    private static readonly DigitReader Pretrained = new(PretrainedNetwork.Load());
    private static readonly FloatBuffer TraceBuffer = new(Pretrained.TraceLength);
    private static DigitReader _reader = Pretrained;

    /// <summary>784 floats that the page writes: 0 is paper, 1 is ink.</summary>
    [JSExport]
    [return: JSMarshalAs<JSType.MemoryView>]
    internal static ArraySegment<byte> Pixels() => PixelBuffer.Bytes;

    /// <summary>10 floats, one score a digit, that <see cref="Predict"/> writes.</summary>
    [JSExport]
    [return: JSMarshalAs<JSType.MemoryView>]
    internal static ArraySegment<byte> Scores() => ScoreBuffer.Bytes;

    /// <summary>Every layer's activations, the input's first, that <see cref="Trace"/> writes.</summary>
    [JSExport]
    [return: JSMarshalAs<JSType.MemoryView>]
    internal static ArraySegment<byte> Activations() => TraceBuffer.Bytes;

    /// <summary>The numbers that <see cref="ReadParameter"/> writes.</summary>
    [JSExport]
    [return: JSMarshalAs<JSType.MemoryView>]
    internal static ArraySegment<byte> Parameters() => ParameterBuffer.Bytes;

    /// <summary>Computes the scores of the pixels.</summary>
    [JSExport]
    internal static void Predict() => _reader.Predict(PixelBuffer.Values, ScoreBuffer.Values);

    /// <summary>Computes all activations of the pixels.</summary>
    [JSExport]
    internal static void Trace() => _reader.Trace(PixelBuffer.Values, TraceBuffer.Values);

    /// <summary>Writes a parameter of the network that reads.</summary>
    /// <param name="name">As conv1.weight.</param>
    /// <returns>How many numbers it has; 0 where the network has no such parameter.</returns>
    [JSExport]
    internal static int ReadParameter(string name) => Copy(_reader.Network, name);

    /// <summary>Writes a parameter of a network that learns.</summary>
    /// <param name="run">Which.</param>
    /// <param name="name">As conv1.weight.</param>
    /// <returns>How many numbers it has; 0 where the network has no such parameter.</returns>
    [JSExport]
    internal static int ReadLearnedParameter(int run, string name) => Copy(TrainingExports.NetworkOf(run), name);

    /// <summary>Lets a snapshot of a network that learns read from now on.</summary>
    /// <param name="run">Which; -1 is the network that was trained before.</param>
    [JSExport]
    internal static void Use(int run)
    {
        if (_reader != Pretrained)
            _reader.Dispose();
        _reader = run < 0 ? Pretrained : new DigitReader(TrainingExports.NetworkOf(run));
    }

    /// <summary>Puts a digit that the program draws into the pixels, of some the one with the least noise.</summary>
    /// <param name="digit">Which, 0 to 9.</param>
    /// <param name="seed">Another seed is another hand.</param>
    [JSExport]
    internal static void Example(int digit, int seed)
    {
        const int Candidates = 60;
        ImageDataset drawn = RenderedDigits.Create(Candidates, seed, DatasetPart.Test);
        float[] pixels = new float[PixelBuffer.Values.Length];
        int mostPaper = -1;
        for (int index = 0; index < drawn.Count; index++)
        {
            drawn.CopyImage(index, pixels);
            int paper = pixels.Count(pixel => pixel == 0f);
            if (drawn.Labels[index] != digit || paper <= mostPaper)
                continue;
            mostPaper = paper;
            pixels.CopyTo(PixelBuffer.Values);
        }
    }

    /// <summary>How many bytes the thread allocates in some predictions: 0.</summary>
    /// <param name="count">How many predictions.</param>
    [JSExport]
    internal static int AllocatedBy(int count)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int index = 0; index < count; index++)
            _reader.Predict(PixelBuffer.Values, ScoreBuffer.Values);
        return (int)(GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The kernels that run.</summary>
    [JSExport]
    internal static string Kernels() => InstructionSets.Current.ToString();

    /// <summary>What a predictor with two threads is told.</summary>
    [JSExport]
    internal static string RefusalOfThreads()
    {
        try
        {
            using IPredictor predictor = Pretrained.Network.CreatePredictor(new PredictorOptions { Threads = 2 });
            return "";
        }
        catch (PlatformNotSupportedException exception)
        {
            return exception.Message;
        }
    }

    private static int Copy(INetwork network, string name)
    {
        foreach (Parameter parameter in network.Parameters)
        {
            if (parameter.Name != name)
                continue;
            parameter.Values.CopyTo(ParameterBuffer.Values);
            return parameter.Length;
        }

        return 0;
    }

    /// <summary>The summary of the network that reads.</summary>
    internal static NetworkSummary Summary => _reader.Network.Summary;
}
