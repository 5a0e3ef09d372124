namespace Cnn.Data.Tests;

public sealed class AtomicSaveTests
{
    [Fact]
    public void A_file_is_replaced_and_nothing_else_is_left_in_its_folder()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("network.safetensors");
        WeightsFile.Save(SmallNetwork.Create(first: 1), path);
        WeightsFile.Save(SmallNetwork.Create(first: 2), path);

        ParameterSet loaded = SmallNetwork.Create();
        WeightsFile.Load(loaded, path);

        Assert.Equal(SmallNetwork.AllValues(SmallNetwork.Create(first: 2)), SmallNetwork.AllValues(loaded));
        Assert.Equal(["network.safetensors"], folder.FileNames());
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_the_old_file_whole()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("network.safetensors");
        File.WriteAllText(path, "old");

        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half of the n"u8);
            stream.Flush();
            throw new IOException("No space left on device");
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["network.safetensors"], folder.FileNames());
    }

    [Fact]
    public void Until_the_content_is_complete_readers_see_the_old_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("network.safetensors");
        File.WriteAllText(path, "old");

        AtomicFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Equal(2, folder.FileNames().Length);
        });

        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void A_target_that_cannot_be_replaced_keeps_its_folder_clean()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("taken"));
        Assert.ThrowsAny<Exception>(() => WeightsFile.Save(SmallNetwork.Create(), folder.File("taken")));
        Assert.Empty(folder.FileNames());
        Assert.Throws<DirectoryNotFoundException>(() => WeightsFile.Save(SmallNetwork.Create(), Path.Combine(folder.Path, "absent", "a.safetensors")));
    }
}
