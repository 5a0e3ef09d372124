namespace Cnn.Build.Tests;

/// <summary>Projects that declare networks are optimised, in Debug too, unless they say otherwise.</summary>
public sealed class OptimizationTargetsTests : IDisposable
{
    private readonly TargetsProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("using Cnn;\n\n[Network]\n[Input(4)]\npublic partial class Net;", "", "true")]
    [InlineData("[Input(4), Cnn.Network, Linear(2)] partial class Net;", "", "true")]
    [InlineData("[ global::Cnn.NetworkAttribute() ] partial class Net;", "", "true")]
    [InlineData("[Network] partial class Net;", "<CnnOptimize>false</CnnOptimize>", "false")]
    [InlineData("[Network] partial class Net;", "<DesignTimeBuild>true</DesignTimeBuild>", "false")]
    [InlineData("[NetworkName] class Uses { string[] a = [\"x, y\", \"'(z)'\"]; Network b; } // $(x) @(y) %(z)", "", "false")]
    [InlineData("", "", "false")]
    public void A_project_that_declares_networks_is_optimised(string source, string properties, string expected)
    {
        string file = _project.Write("Net.cs", source);
        string body = $"""
            <PropertyGroup><Optimize>false</Optimize>{properties}</PropertyGroup>
            <ItemGroup><Compile Include="{file}" /></ItemGroup>
            <Target Name="CoreCompile" />
            """;
        Assert.Equal(expected, _project.Run(body, succeeds: true, "-t:CoreCompile", "-getProperty:Optimize").Trim());
    }

    [Fact]
    public void An_editor_is_told_apart_from_a_build()
    {
        Assert.Empty(_project.Run("", succeeds: true, "-getItem:EditorConfigFiles", "-p:DesignTimeBuild=false").Split("globalconfig")[1..]);
        Assert.Contains("Cnn.Editor.globalconfig",
            _project.Run("", succeeds: true, "-getItem:EditorConfigFiles", "-p:DesignTimeBuild=true"), StringComparison.Ordinal);
    }
}
