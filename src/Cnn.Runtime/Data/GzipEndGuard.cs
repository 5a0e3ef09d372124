namespace Cnn.Data;

/// <summary>Makes <see cref="System.IO.Compression.GZipStream"/> notice that its input was cut, which it otherwise takes for the end.</summary>
/// <remarks>
/// Behind the input follow single bytes of 0xFF. A whole input is done with: 0xFF begins no further member. A cut one takes them for its
/// own: as the trailer's length they are above what any array holds, so the check fails, and where they are compressed data the
/// eight bytes of the trailer are still to come and run into the limit.
/// </remarks>
internal sealed class GzipEndGuard(Stream input) : ForwardStream
{
    private const int TrailerLength = 8;

    private int _added;

    /// <summary>Whether more was asked for than the input has.</summary>
    public bool HasEnded { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        int count = HasEnded ? 0 : input.Read(buffer);
        if (count > 0 || buffer.IsEmpty)
            return count;
        HasEnded = true;
        if (_added++ == TrailerLength)
            throw new InvalidDataException("the compressed data is cut short");
        buffer[0] = 0xFF;
        return 1;
    }
}
