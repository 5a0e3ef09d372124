namespace Cnn.Onnx.Tests.Hostile;

/// <summary>Tests that hold a limit of time run after the others, which keep every core busy with compiling.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimedTests
{
    public const string Name = "timed";
}
