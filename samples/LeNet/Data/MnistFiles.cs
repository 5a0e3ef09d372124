namespace LeNetSample.Data;

/// <summary>The four files of MNIST as their publisher made them, and where they can be had.</summary>
internal static class MnistFiles
{
    /// <summary>Public mirrors, in the order in which they are asked.</summary>
    public static readonly Uri[] Mirrors =
    [
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
    ];

    /// <summary>Names, lengths and checksums; the small files first, so that a missing network or a wrong mirror shows at once.</summary>
    public static readonly RemoteFile[] All =
    [
        new("t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        new("train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        new("t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        new("train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
    ];
}

/// <summary>A file to download.</summary>
/// <param name="Name">Its name at every mirror and on disk.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Sha256">Its checksum, 64 hexadecimal digits in lower case.</param>
internal sealed record RemoteFile(string Name, long Length, string Sha256);
