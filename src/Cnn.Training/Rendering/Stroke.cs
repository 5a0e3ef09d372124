using System.Globalization;
using System.Numerics;

namespace Cnn.Training.Rendering;

/// <summary>One line of a pen in a square from (0, 0) at the top left to (1, 1).</summary>
/// <param name="Kind">How the points are joined.</param>
/// <param name="Points">The points that the pen passes through.</param>
internal sealed record Stroke(StrokeKind Kind, Vector2[] Points)
{
    /// <summary>Reads <c>curve 20,25 35,7 …</c>: the kind, then points in hundredths.</summary>
    public static Stroke Parse(string text)
    {
        string[] parts = text.Split(' ');
        Vector2[] points = new Vector2[parts.Length - 1];
        for (int i = 0; i < points.Length; i++)
        {
            string[] axes = parts[i + 1].Split(',');
            points[i] = new Vector2(int.Parse(axes[0], CultureInfo.InvariantCulture), int.Parse(axes[1], CultureInfo.InvariantCulture)) / 100f;
        }

        return new Stroke(Enum.Parse<StrokeKind>(parts[0], ignoreCase: true), points);
    }
}

/// <summary>How the points of a stroke are joined.</summary>
internal enum StrokeKind
{
    /// <summary>Straight from point to point.</summary>
    Line,

    /// <summary>A Catmull-Rom spline.</summary>
    Curve,

    /// <summary>A closed Catmull-Rom spline.</summary>
    Loop,
}
