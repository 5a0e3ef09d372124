using Cnn.Zoo;

namespace Cnn.Zoo.Tests;

/// <summary>Parameters and multiply-adds are those that papers and model zoos give.</summary>
public sealed class PublishedSizeTests
{
    /// <summary>torchvision: 11,689,512 parameters, 1.81 billion multiply-adds (the paper's table: 1.8).</summary>
    [Fact]
    public void ResNet18_has_its_published_size() => Has(ResNet18.Summary, 11_689_512, 1.81e9);

    /// <summary>The paper's table 6: 0.27 million parameters; 41 million multiply-adds.</summary>
    [Fact]
    public void ResNet20_has_its_published_size()
    {
        // 269,722 with shortcuts without parameters, and two projections: 16 x 32 + 2 x 32, 32 x 64 + 2 x 64.
        Has(ResNet20.Summary, 269_722 + 576 + 2_176, 40.8e6);
    }

    /// <summary>torchvision: 3,504,872 parameters, 0.30 billion multiply-adds.</summary>
    [Fact]
    public void MobileNetV2_has_its_published_size() => Has(MobileNetV2.Summary, 3_504_872, 300.8e6);

    /// <summary>The BVLC reference model without the auxiliary classifiers: 6,998,552 parameters; the paper: 1.5 billion multiply-adds.</summary>
    [Fact]
    public void GoogLeNet_has_its_published_size() => Has(GoogLeNet.Summary, 6_998_552, 1.58e9);

    private static void Has(NetworkSummary summary, long parameters, double multiplyAdds)
    {
        Assert.Equal(parameters, summary.Parameters);
        Assert.InRange(summary.MultiplyAdds, 0.995 * multiplyAdds, 1.005 * multiplyAdds);
    }
}
