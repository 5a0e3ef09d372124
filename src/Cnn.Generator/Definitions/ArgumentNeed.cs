namespace Cnn.Definitions;

/// <summary>What a number must be.</summary>
/// <param name="Text">As messages say it.</param>
/// <param name="Because">Why.</param>
/// <param name="Holds">Whether a number is so.</param>
internal sealed record ArgumentNeed(string Text, string Because, Func<float, bool> Holds)
{
    /// <summary>Nothing but a number.</summary>
    public static ArgumentNeed Number(string because) => new("a number", because, static value => !float.IsNaN(value));

    public static ArgumentNeed Finite { get; } = new("a finite float", "every output would be infinite or not a number", IsFinite);

    public static ArgumentNeed FiniteAndNotNegative(string because) =>
        new("a finite float of at least 0", because, static value => IsFinite(value) && value >= 0);

    public static ArgumentNeed FiniteAndNotZero(string because) =>
        new("a finite float other than 0", because, static value => IsFinite(value) && value != 0);

    private static bool IsFinite(float value) => !float.IsNaN(value) && !float.IsInfinity(value);
}
