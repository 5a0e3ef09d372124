namespace Cnn.Generator.Model;

/// <summary>Euclid's algorithm.</summary>
internal static class GreatestCommonDivisor
{
    public static int Of(int first, int second)
    {
        while (second != 0)
            (first, second) = (second, first % second);
        return first;
    }
}
