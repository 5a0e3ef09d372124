using LeNetSample.Display;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LeNetSample.Tests;

/// <summary>What is right is green and what is wrong red, the more of it the brighter.</summary>
public sealed class ConfusionTableTests
{
    [Fact]
    public void The_ground_of_a_count_shows_its_share()
    {
        (Color most, Color few, Color wrong) = (Ground(90, right: true), Ground(10, right: true), Ground(10, right: false));
        Assert.True(most.G > few.G && few.G > 0);
        Assert.Equal((0, 0), (most.R, most.B));
        Assert.True(wrong.R > 55);
        Assert.Equal((0, 0), (wrong.G, wrong.B));
        Assert.Equal(Color.Default, Ground(0, right: false));
    }

    private static Color Ground(long count, bool right)
    {
        IRenderable cell = ConfusionTable.Cell(count, 100, right);
        AnsiConsoleSettings settings = new() { Out = new AnsiConsoleOutput(TextWriter.Null), ColorSystem = ColorSystemSupport.TrueColor };
        IAnsiConsole console = AnsiConsole.Create(settings);
        return cell.GetSegments(console).First().Style.Background;
    }
}
