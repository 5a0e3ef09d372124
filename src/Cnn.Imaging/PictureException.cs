namespace Cnn.Imaging;

/// <summary>A file that cannot be decoded. The message says what was found, and is fit to be shown to whoever sent the file.</summary>
public sealed class PictureException : Exception
{
    internal PictureException(PictureFault fault, string message, Exception? inner = null)
        : base(message, inner) => Fault = fault;

    /// <summary>What is wrong.</summary>
    public PictureFault Fault { get; }

    internal static PictureException Truncated(string format) => new(PictureFault.Truncated, $"The {format} file is cut off: it ends before the picture does.");

    internal static PictureException Damaged(string format, string what) => new(PictureFault.Damaged, $"The {format} file is damaged: {what}.");

    internal static PictureException Unsupported(string format, string what) =>
        new(PictureFault.Unsupported, $"The {format} file has {what}, which is not read. Save the picture anew.");
}
