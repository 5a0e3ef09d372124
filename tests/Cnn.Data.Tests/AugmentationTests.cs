namespace Cnn.Data.Tests;

public sealed class AugmentationTests
{
    private const int Side = 6;

    [Fact]
    public void A_shift_moves_whole_pixels_and_brings_0_in()
    {
        HashSet<(int X, int Y)> seen = [];
        foreach (float[] image in Varied(new Augmentation { Shift = 2 }, Spot(3, 3), 400))
        {
            Assert.Equal(1, image.Count(pixel => pixel == 1));
            Assert.Equal((Side * Side) - 1, image.Count(pixel => pixel == 0));
            int place = Array.IndexOf(image, 1f);
            seen.Add((place % Side, place / Side));
        }

        Assert.Equal(25, seen.Count);
        Assert.All(seen, place => Assert.True(place is { X: >= 1 and <= 5, Y: >= 1 and <= 5 }));
    }

    [Fact]
    public void A_shift_moves_out_what_is_at_the_border()
    {
        float[][] images = [.. Varied(new Augmentation { Shift = 1 }, Spot(0, 0), 200)];
        Assert.Contains(images, image => image.All(pixel => pixel == 0));
        Assert.Contains(images, image => image[Side + 1] == 1);
    }

    [Fact]
    public void About_half_of_the_images_are_mirrored_and_the_others_are_as_they_were()
    {
        float[] image = [.. Enumerable.Range(0, Side * Side).Select(index => (float)index)];
        float[] mirrored = [.. image.Select((_, index) => image[(index / Side * Side) + Side - 1 - (index % Side)])];
        float[][] images = [.. Varied(new Augmentation { Flip = true }, image, 1000)];
        Assert.InRange(images.Count(varied => varied.SequenceEqual(mirrored)), 430, 570);
        Assert.All(images, varied => Assert.True(varied.SequenceEqual(mirrored) || varied.SequenceEqual(image)));
    }

    [Fact]
    public void A_turn_leaves_the_centre_and_blends_neighbours()
    {
        float[] disc = [.. Enumerable.Range(0, Side * Side).Select(index =>
            Math.Abs((index % Side) - 2.5) < 1 && Math.Abs((index / Side) - 2.5) < 1 ? 1f : 0f)];
        foreach (float[] image in Varied(new Augmentation { Rotation = 180 }, disc, 100))
        {
            Assert.All(image, pixel => Assert.InRange(pixel, 0, 1.0001f));

            // Four pixels of ink about the centre stay about the centre.
            Assert.InRange(image.Sum(), 3.4f, 4.6f);
            Assert.Equal(0, image[0]);
        }
    }

    [Fact]
    public void A_turn_by_nothing_is_the_image_itself_at_the_smallest_angle()
    {
        float[] image = [.. Enumerable.Range(0, Side * Side).Select(index => (float)index)];
        foreach (float[] varied in Varied(new Augmentation { Rotation = 1e-6f }, image, 5))
            Assert.All(Enumerable.Range(0, image.Length), index => Assert.Equal(image[index], varied[index], 1e-3f));
    }

    [Fact]
    public void A_cutout_blanks_a_square_that_may_lie_partly_outside()
    {
        float[] white = [.. Enumerable.Repeat(1f, Side * Side)];
        int[] blanks = [.. Varied(new Augmentation { Cutout = 3 }, white, 300).Select(image => image.Count(pixel => pixel == 0))];
        Assert.Equal([4, 6, 9], blanks.Distinct().Order());
    }

    [Fact]
    public void All_channels_are_moved_alike()
    {
        float[] image = [.. Spot(2, 2), .. Spot(2, 2)];
        ImageAugmenter augmenter = new(new Augmentation { Shift = 2, Flip = true, Cutout = 2 }, seed: 5, 2, Side, Side);
        for (int index = 0; index < 50; index++)
        {
            float[] varied = [.. image];
            augmenter.Apply(varied, epoch: 0, index);
            Assert.Equal(varied[..(Side * Side)], varied[(Side * Side)..]);
        }
    }

    [Fact]
    public void The_seed_the_epoch_and_the_image_decide()
    {
        Augmentation all = new() { Shift = 2, Flip = true, Rotation = 30, Cutout = 2 };
        float[] image = [.. Enumerable.Range(1, Side * Side).Select(index => (float)index)];
        float[] first = Apply(1, 2, 3);
        Assert.Equal(first, Apply(1, 2, 3));
        Assert.NotEqual(first, Apply(2, 2, 3));
        Assert.NotEqual(first, Apply(1, 3, 3));
        Assert.NotEqual(first, Apply(1, 2, 4));

        float[] Apply(int seed, int epoch, int index)
        {
            float[] varied = [.. image];
            new ImageAugmenter(all, seed, 1, Side, Side).Apply(varied, epoch, index);
            return varied;
        }
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation { Shift = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation { Rotation = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmentation { Cutout = -1 });
        Assert.Throws<ArgumentException>(() => new BatchLoader(
            NumberedImages.Create(4, classes: 2), new LoaderOptions { BatchSize = 2, Augmentation = new Augmentation { Shift = NumberedImages.Side } }));
        ImageDataset flat = new(new float[8], [0, 1], [4], 2);
        Assert.Throws<ArgumentException>(() => new BatchLoader(flat, new LoaderOptions { Augmentation = new Augmentation { Flip = true } }));
    }

    private static float[] Spot(int x, int y)
    {
        var image = new float[Side * Side];
        image[(y * Side) + x] = 1;
        return image;
    }

    private static IEnumerable<float[]> Varied(Augmentation augmentation, float[] image, int count)
    {
        ImageAugmenter augmenter = new(augmentation, seed: 1, channels: 1, Side, Side);
        for (int index = 0; index < count; index++)
        {
            float[] varied = [.. image];
            augmenter.Apply(varied, epoch: 0, index);
            yield return varied;
        }
    }
}
