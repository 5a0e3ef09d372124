namespace Cnn.Imaging;

/// <summary>What a file says of its picture before that is decoded.</summary>
/// <param name="Format">The kind of the file, by its first bytes.</param>
/// <param name="Width">Columns as stored, before an EXIF orientation turns them.</param>
/// <param name="Height">Rows as stored.</param>
public sealed record PictureInfo(PictureFormat Format, int Width, int Height);
