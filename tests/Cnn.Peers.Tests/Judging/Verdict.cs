namespace Cnn.Peers.Tests.Judging;

internal enum Outcome
{
    Agrees,

    /// <summary>ONNX Runtime does not take the model.</summary>
    Illegal,

    Refused,

    Differs,
    DoesNotCompile,

    /// <summary>An exception other than the one that is documented.</summary>
    Crashes,
}

/// <summary>What came of a model.</summary>
/// <param name="Outcome">In a word.</param>
/// <param name="Detail">The difference, the errors, the exception or the refusal.</param>
/// <param name="Source">The declaration, where there is one.</param>
internal sealed record Verdict(Outcome Outcome, string Detail = "", string Source = "")
{
    public bool IsFailure => Outcome is Outcome.Differs or Outcome.DoesNotCompile or Outcome.Crashes;
}
