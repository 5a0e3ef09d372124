using System.Runtime.Versioning;

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

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_link_stays_one_and_what_it_leads_to_is_written(bool relative, bool dangling)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights on Windows.");
        using var folder = new TemporaryFolder();
        string real = Path.Combine(Directory.CreateDirectory(folder.File("elsewhere")).FullName, "real");
        if (!dangling)
            File.WriteAllText(real, "old");
        File.CreateSymbolicLink(folder.File("second"), relative ? Path.Combine("elsewhere", "real") : real);
        File.CreateSymbolicLink(folder.File("first"), relative ? "second" : folder.File("second"));
        AtomicFile.Write(folder.File("first"), stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(real));
        Assert.All(["first", "second"], name => Assert.NotNull(new FileInfo(folder.File(name)).LinkTarget));
        Assert.Equal(["first", "second"], folder.FileNames());
        Assert.Single(Directory.GetFiles(folder.File("elsewhere")));
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights on Windows.");
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("a"), "b");
        File.CreateSymbolicLink(folder.File("b"), "a");
        Assert.Throws<IOException>(() => AtomicFile.Write(folder.File("a"), stream => stream.Write("new"u8)));
        Assert.Equal(["a", "b"], folder.FileNames());
    }

    [Theory]
    [UnsupportedOSPlatform("windows")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.SetUser | UnixFileMode.OtherRead)]
    public void The_mode_is_kept_and_the_content_is_never_more_open(UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        using var folder = new TemporaryFolder();
        string path = folder.File("network.safetensors");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, mode);
        AtomicFile.Write(path, stream =>
        {
            Assert.All(folder.FileNames(), name => Assert.Equal(mode, File.GetUnixFileMode(folder.File(name))));
            stream.Write("new"u8);
        });
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(mode, File.GetUnixFileMode(path));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_owner_is_kept()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root can give files away.");
        using var folder = new TemporaryFolder();
        string path = folder.File("network.safetensors");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        FileStatus other = new(IsRegular: true, Owner: 12345, Group: 23456);
        Assert.True(other.TryGiveTo(path));
        AtomicFile.Write(path, stream => stream.Write("new"u8));
        Assert.Equal(other, FileStatus.Of(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_read_only_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("network.safetensors");
        File.WriteAllText(path, "old");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        try
        {
            Assert.Contains("is read-only",
                Assert.Throws<UnauthorizedAccessException>(() => WeightsFile.Save(SmallNetwork.Create(), path)).Message, StringComparison.Ordinal);
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Equal(["network.safetensors"], folder.FileNames());
        }
        finally
        {
            File.SetAttributes(path, FileAttributes.Normal);
        }
    }

    [Fact]
    public void A_pipe_and_a_device_are_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The kind of a file is asked of Linux.");
        using var folder = new TemporaryFolder();
        string pipe = folder.File("pipe");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            mkfifo.WaitForExit();
        foreach (string path in new[] { pipe, "/dev/null" })
        {
            Assert.Contains("is a folder, a pipe or a device",
                Assert.Throws<IOException>(() => WeightsFile.Save(SmallNetwork.Create(), path)).Message, StringComparison.Ordinal);
            Assert.False(FileStatus.Of(path)!.Value.IsRegular);
        }

        Assert.Equal(["pipe"], folder.FileNames());
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
