namespace Cnn.Generator;

/// <summary>Names of the pipeline's steps, for tests that assert which of them run again.</summary>
public static class TrackingNames
{
    public const string Read = "Read";
    public const string Options = "Options";
    public const string Shape = "Shape";
    public const string Weights = "Weights";
    public const string Attach = "Attach";
    public const string Plan = "Plan";
    public const string Ambiguous = "Ambiguous";
    public const string Emit = "Emit";
}
