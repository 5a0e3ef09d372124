using System.Globalization;
using System.Numerics;

namespace Cnn;

/// <summary>Counts as messages spell them.</summary>
internal static class CountFormat
{
    /// <summary>As <c>1 image</c> or <c>3 images</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The noun for one.</param>
    /// <param name="many">For none and several; an s behind the noun where nothing is given.</param>
    public static string Of<T>(T count, string one, string? many = null)
        where T : IBinaryInteger<T> =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == T.One ? one : many ?? one + "s")}");
}
