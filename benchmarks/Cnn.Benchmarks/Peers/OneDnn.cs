using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn.Benchmarks.Peers;

/// <summary>The library that <c>benchmarks/onednn/build</c> makes.</summary>
internal static class OneDnn
{
    private const string Library = "libcnn-onednn.so";

    /// <summary>A layer as the library takes it; the fields of <c>network.hpp</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Layer
    {
        public LayerKind Kind;
        public int Input;
        public int Second;
        public int Outputs;
        public int Kernel;
        public int Stride;
        public int Padding;
        public int Groups;
        public LayerActivation Activation;
        public int Dilation;
        public nint Weight;
        public nint Bias;
    }

    /// <summary>One image.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public record struct Shape(int Channels, int Rows, int Columns);

    public enum LayerKind
    {
        Convolution,
        BatchNorm,
        MaxPool,
        GlobalAveragePool,
        Linear,
        Add,
    }

    public enum LayerActivation
    {
        None,
        ReLU,
        ReLU6,
    }

    [ModuleInitializer]
    internal static void Resolve() => NativeLibrary.SetDllImportResolver(typeof(OneDnn).Assembly, static (name, _, _) =>
        name != Library ? 0
        : NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, Library), out nint found) ? found
        : throw new DllNotFoundException($"There is no {Library} beside the benchmarks: run benchmarks/onednn/build and build them again."));

    [DllImport(Library, EntryPoint = "peer_predictor")]
    public static extern nint CreatePredictor(Layer[] layers, int count, Shape shape, int batch, int winograd, int threads);

    [DllImport(Library, EntryPoint = "peer_predict")]
    public static extern void Predict(nint predictor, ref float images, ref float outputs);

    [DllImport(Library, EntryPoint = "peer_free_predictor")]
    public static extern void FreePredictor(nint predictor);

    [DllImport(Library, EntryPoint = "peer_trainer")]
    public static extern nint CreateTrainer(Layer[] layers, int count, Shape shape, int batch, int winograd, int threads, float rate, float momentum);

    [DllImport(Library, EntryPoint = "peer_step")]
    public static extern float Step(nint trainer, ref float images, ref int labels);

    [DllImport(Library, EntryPoint = "peer_free_trainer")]
    public static extern void FreeTrainer(nint trainer);
}
