namespace Cnn.Property.Tests.Oracle;

/// <summary>An element's place along three axes.</summary>
internal readonly record struct Position(int Z, int Y, int X);

/// <summary>A batch of feature maps in double, [images, channels, axes...], with three axes whatever the rank.</summary>
internal sealed class FeatureMap
{
    private readonly int _depth;
    private readonly int _height;
    private readonly int _width;

    public FeatureMap(int images, MapShape shape, double[]? values = null)
    {
        Images = images;
        Shape = shape;
        Values = values ?? new double[images * shape.Length];
        (_depth, _height, _width) = (shape.Lifted(0), shape.Lifted(1), shape.Lifted(2));
        Positions = Grid(_depth, _height, _width);
    }

    public int Images { get; }

    public MapShape Shape { get; }

    public double[] Values { get; }

    /// <summary>All positions of one channel, the last axis the fastest.</summary>
    public IReadOnlyList<Position> Positions { get; }

    public ref double this[int image, int channel, Position at] =>
        ref Values[(((((((image * Shape.Channels) + channel) * _depth) + at.Z) * _height) + at.Y) * _width) + at.X];

    public static Position[] Grid(int depth, int height, int width)
    {
        Position[] grid = new Position[depth * height * width];
        for (int index = 0; index < grid.Length; index++)
            grid[index] = new Position(index / (height * width), index / width % height, index % width);
        return grid;
    }

    public bool Contains(Position at) => (uint)at.Z < (uint)_depth && (uint)at.Y < (uint)_height && (uint)at.X < (uint)_width;

    /// <summary>Another map of this shape, each element from the one at its place.</summary>
    public FeatureMap Select(Func<double, double> function) => new(Images, Shape, Array.ConvertAll(Values, value => function(value)));

    /// <summary>The same elements in the same order under another shape.</summary>
    public FeatureMap Reshape(MapShape shape) => new(Images, shape, Values);

    public FeatureMap Empty() => new(Images, Shape);

    /// <summary>The largest magnitude.</summary>
    public double Magnitude() => Values.Select(Math.Abs).DefaultIfEmpty().Max();

    public void Add(FeatureMap other)
    {
        for (int index = 0; index < Values.Length; index++)
            Values[index] += other.Values[index];
    }
}
