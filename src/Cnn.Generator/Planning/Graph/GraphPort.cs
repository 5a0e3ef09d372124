using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A port of the network in the graph of its nodes.</summary>
/// <param name="Port">The port.</param>
/// <param name="Index">Its place among the inputs or the outputs.</param>
/// <param name="Value">The value that comes in or goes out.</param>
public sealed record GraphPort(ShapedPort Port, int Index, int Value);
