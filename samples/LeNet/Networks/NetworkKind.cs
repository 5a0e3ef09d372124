namespace LeNetSample;

/// <summary>The networks of the sample.</summary>
internal enum NetworkKind
{
    LeNet,
    BatchNorm,
    Small,
}
