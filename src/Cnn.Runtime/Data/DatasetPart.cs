namespace Cnn.Data;

/// <summary>Which half of a published dataset.</summary>
public enum DatasetPart
{
    /// <summary>What is trained on: <c>train-…</c>.</summary>
    Train,

    /// <summary>What accuracy is measured on: <c>t10k-…</c>.</summary>
    Test,
}
