namespace Cnn.Imaging;

/// <summary>Why a file is no picture that can be used.</summary>
public enum PictureFault
{
    /// <summary>It begins as no PNG, JPEG, WebP or BMP file does.</summary>
    UnknownFormat,

    /// <summary>A kind of such a file that is not read, such as an animation or arithmetic coding.</summary>
    Unsupported,

    /// <summary>The file ends before the picture does.</summary>
    Truncated,

    /// <summary>The file contradicts its format or itself.</summary>
    Damaged,

    /// <summary>More pixels or bytes than <see cref="DecodeOptions"/> allow.</summary>
    TooLarge,
}
