using Cnn.Onnx.Export;
using Google.Protobuf;

namespace Cnn;

/// <summary>Saves networks as ONNX models.</summary>
public static class OnnxNetworkExtensions
{
    /// <summary>
    /// Writes the network with its parameters as an ONNX model: opset 21, one input <c>input</c> and one output <c>output</c>, both batch first with
    /// any number of images.
    /// </summary>
    /// <param name="network">Any network. Dropout is left out; BatchNorm is written with its running statistics.</param>
    /// <param name="path">The file to write: to a temporary file first, flushed, then renamed, so that a crash leaves an old file whole.</param>
    /// <exception cref="NotSupportedException">The parameters exceed the 2 GiB that a protobuf message can have.</exception>
    public static void SaveOnnx(this INetwork network, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        global::Onnx.ModelProto model = NetworkExporter.Export(network);
        AtomicFile.Write(path, model.WriteTo);
    }

    /// <summary>Writes the network with its parameters as an ONNX model.</summary>
    /// <param name="network">Any network. Dropout is left out; BatchNorm is written with its running statistics.</param>
    /// <param name="stream">A writable stream, left open.</param>
    /// <exception cref="NotSupportedException">The parameters exceed the 2 GiB that a protobuf message can have.</exception>
    public static void SaveOnnx(this INetwork network, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        NetworkExporter.Export(network).WriteTo(stream);
    }
}
