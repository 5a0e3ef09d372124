using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;

namespace Cnn.Generator.Tests.Emission;

/// <summary>Lists of axes against what they say of each element.</summary>
public sealed class MovementTests
{
    private static readonly TensorShape Image = new(6, [4, 5]);

    public static TheoryData<string> Names => [.. Movements.Keys];

    private static Dictionary<string, Movement> Movements { get; } = new()
    {
        ["in order"] = Movement.InOrder(120),
        ["channels last"] = Movement.View(0, (4, 5), (5, 1), (6, 20)),
        ["every second row backwards"] = Movement.View(15, (6, 20), (2, -10), (5, 1)),
        ["channels in two groups"] = Movement.View(0, (3, 20), (2, 60), (20, 1)),
        ["blocks"] = Movement.View(0, (3, 20), (2, 60), (4, 5), (5, 1)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_movement_and_another_behind_it_are_one(string name)
    {
        int made = 0;
        foreach (Movement second in Movements.Values)
        {
            Movement first = Movements[name];
            if (first.Count != 120 || first.Then(second) is not { } both)
                continue;
            made++;
            Dictionary<int, int> from = Elements(first);
            Assert.Equal(Elements(second).ToDictionary(pair => pair.Key, pair => from[pair.Value]), Elements(both));
        }

        Assert.True(made >= 1 || Movements[name].Count < 120);
    }

    [Fact]
    public void Axes_that_cut_across_each_other_are_no_list()
    {
        Movement turned = Movement.View(0, (8, 3), (3, 1));
        Assert.Null(Movement.View(0, (6, 1), (4, 6)).Then(turned));
        Assert.Null(Movement.InOrder(24).Between(TensorLayout.Plain(new TensorShape(4, [6])), TensorLayout.Plain(new TensorShape(3, [8]))));
        Assert.Null(Movement.View(3, (10, 1)).Between(TensorLayout.Plain(new TensorShape(4, [5])), TensorLayout.Plain(new TensorShape(10, []))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Between_layouts_every_element_is_where_it_lies(string name)
    {
        Movement movement = Movements[name];
        TensorLayout source = TensorLayout.Bordered(Image, [1, 2], [1, 0]);
        TensorLayout target = TensorLayout.Plain(new TensorShape(movement.Count, default));
        Movement placed = movement.Between(source, target) ?? throw new InvalidOperationException("A vector takes all.");
        Assert.Equal(
            Elements(movement).ToDictionary(pair => pair.Key, pair => Place(source, pair.Value)),
            Elements(placed));
        Assert.Equal(Elements(placed).ToDictionary(pair => pair.Value, pair => pair.Key), Elements(placed.Inverse));
    }

    /// <summary>For each place in the target the element's in the source.</summary>
    private static Dictionary<int, int> Elements(Movement movement)
    {
        List<(int Source, int Target)> elements = [(movement.Source, movement.Target)];
        foreach (MovedAxis axis in movement.Axes)
        {
            elements = [.. elements.SelectMany(element => Enumerable.Range(0, axis.Length)
                .Select(index => (element.Source + (index * axis.Source), element.Target + (index * axis.Target))))];
        }

        return elements.ToDictionary(element => element.Target, element => element.Source);
    }

    private static int Place(TensorLayout layout, int element)
    {
        int positions = layout.Positions;
        int place = layout.Interior + (element / positions);
        int position = element % positions;
        return place + (position / 5 * layout.Stride(0)) + (position % 5 * layout.Stride(1));
    }
}
