namespace Cnn.Imaging.Decoding.Jpeg;

/// <summary>
/// Rows of a component in the size of the picture. Where it has half as many samples across, down or both, they lie between the picture's, and are
/// weighed 3 to 1 by distance, with the roundings of libjpeg-turbo; otherwise they are repeated.
/// </summary>
/// <param name="component">The component.</param>
/// <param name="frame">Its frame.</param>
internal sealed class Upsampling(JpegComponent component, JpegFrame frame)
{
    private readonly int _across = frame.MostHorizontal / component.Horizontal;
    private readonly int _down = frame.MostVertical / component.Vertical;
    private readonly bool _isWhole = frame.MostHorizontal % component.Horizontal == 0 && frame.MostVertical % component.Vertical == 0;
    private readonly int[] _sums = new int[component.Width];

    /// <param name="y">The row of the picture.</param>
    /// <param name="row">As wide as the component's samples are with all that is between them.</param>
    public void Row(int y, Span<byte> row)
    {
        if (!_isWhole)
        {
            Repeated(y * component.Vertical / frame.MostVertical, row);
            return;
        }

        int line = Math.Min(y / _down, component.Height - 1);
        switch (_across, _down)
        {
            case (1, 1):
                Line(line)[..Math.Min(row.Length, component.Width)].CopyTo(row);
                break;
            case (2, 1) when component.Width > 2:
                Horizontal(Line(line), row);
                break;
            case (1, 2):
                Vertical(Line(line), Line(Neighbour(line, y)), row, bias: (y & 1) == 0 ? 1 : 2);
                break;
            case (2, 2) when component.Width > 2:
                Both(Line(line), Line(Neighbour(line, y)), row);
                break;
            default:
                Repeated(line, row);
                break;
        }
    }

    private ReadOnlySpan<byte> Line(int y) => component.Samples.AsSpan(y * component.Stride, component.Width);

    private int Neighbour(int line, int y) => Math.Clamp((y & 1) == 0 ? line - 1 : line + 1, 0, component.Height - 1);

    private void Repeated(int line, Span<byte> row)
    {
        ReadOnlySpan<byte> samples = Line(line);
        for (int x = 0; x < row.Length; x++)
            row[x] = samples[Math.Min(samples.Length - 1, (int)((long)x * component.Horizontal / frame.MostHorizontal))];
    }

    private static void Horizontal(ReadOnlySpan<byte> samples, Span<byte> row)
    {
        int last = samples.Length - 1;
        for (int x = 0; x < row.Length; x++)
        {
            int i = x / 2;
            row[x] = (x & 1, i) switch
            {
                (0, 0) => samples[0],
                (0, _) => (byte)(((3 * samples[i]) + samples[i - 1] + 1) >> 2),
                (_, var at) when at == last => samples[last],
                _ => (byte)(((3 * samples[i]) + samples[i + 1] + 2) >> 2),
            };
        }
    }

    private static void Vertical(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<byte> row, int bias)
    {
        for (int x = 0; x < Math.Min(row.Length, near.Length); x++)
            row[x] = (byte)(((3 * near[x]) + far[x] + bias) >> 2);
    }

    private void Both(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<byte> row)
    {
        for (int i = 0; i < _sums.Length; i++)
            _sums[i] = (3 * near[i]) + far[i];
        int last = _sums.Length - 1;
        for (int x = 0; x < row.Length; x++)
        {
            int i = x / 2;
            row[x] = (x & 1, i) switch
            {
                (0, 0) => (byte)(((4 * _sums[0]) + 8) >> 4),
                (0, _) => (byte)(((3 * _sums[i]) + _sums[i - 1] + 8) >> 4),
                (_, var at) when at == last => (byte)(((4 * _sums[last]) + 7) >> 4),
                _ => (byte)(((3 * _sums[i]) + _sums[i + 1] + 7) >> 4),
            };
        }
    }
}
