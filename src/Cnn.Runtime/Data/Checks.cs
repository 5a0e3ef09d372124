namespace Cnn.Data;

/// <summary>Settings that must lie in a range.</summary>
internal static class Checks
{
    /// <exception cref="ArgumentOutOfRangeException">It does not, or is NaN.</exception>
    public static double Within(double value, double least, double most, string name) => value >= least && value <= most ? value
        : throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{name} is {value}: give a number from {least:G2} to {most}."));
}
