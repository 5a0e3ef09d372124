namespace Cnn.CodeFixes.Tests;

/// <summary>Each fix, before and after.</summary>
public sealed class RepairTests
{
    [Theory]
    [InlineData("public class Net;", "public partial class Net;")]
    [InlineData("class Net;", "partial class Net;")]
    [InlineData("/* a */ class Net;", "/* a */ partial class Net;")]
    [InlineData("public sealed class Net\n{\n}", "public sealed partial class Net\n{\n}")]
    public Task A_class_is_made_partial(string before, string after)
    {
        const string Layers = "[Network, Input(4)]\n[Linear(2)]\n";
        return Fixing.Turns("CNN0001", "Make partial", Layers + before, Layers + after);
    }

    [Fact]
    public Task All_containers_are_made_partial_with_it() => Fixing.Turns(
        "CNN0002",
        "Make partial",
        """
        public static class Outer
        {
            // Kept together.
            struct Inner
            {
                [Network, Input(4), Linear(2)]
                public class Net;
            }
        }
        """,
        """
        public static partial class Outer
        {
            // Kept together.
            partial struct Inner
            {
                [Network, Input(4), Linear(2)]
                public partial class Net;
            }
        }
        """);

    [Fact]
    public Task Several_classes_of_one_container_are_made_partial_together() => Fixing.TurnsAll(
        "CNN0001",
        "class Outer\n{\n    [Network, Input(4), Linear(2)]\n    class First;\n\n    [Network, Input(4), Linear(2)]\n    class Second;\n}\n",
        "partial class Outer\n{\n    [Network, Input(4), Linear(2)]\n    partial class First;\n\n"
        + "    [Network, Input(4), Linear(2)]\n    partial class Second;\n}\n");

    [Fact]
    public Task A_missing_Flatten_gets_its_own_line() => Fixing.Turns(
        "CNN1006",
        "Insert [Flatten] before it",
        """
        namespace Digits
        {
            [Network, Input(1, 28, 28)]
            [Conv(20, 5), ReLU]
            // The head.
            [Linear(10)]
            public partial class Net;
        }
        """,
        """
        namespace Digits
        {
            [Network, Input(1, 28, 28)]
            [Conv(20, 5), ReLU]
            [Flatten]
            // The head.
            [Linear(10)]
            public partial class Net;
        }
        """);

    [Theory]
    [InlineData("[Network, Input(1, 8, 8), Conv(2, 3), ReLU, Linear(10)] partial class Net;",
        "[Network, Input(1, 8, 8), Conv(2, 3), ReLU, Flatten, Linear(10)] partial class Net;")]
    [InlineData("[Network, Input(1, 8, 8)][Linear(10)] partial class Net;", "[Network, Input(1, 8, 8)][Flatten][Linear(10)] partial class Net;")]
    [InlineData("[Network, Input(1, 8, 8), Cnn.Linear(10)] partial class Net;", "[Network, Input(1, 8, 8), Cnn.Flatten, Cnn.Linear(10)] partial class Net;")]
    public Task A_missing_Flatten_among_others_is_inserted_among_them(string before, string after) =>
        Fixing.Turns("CNN1006", "Insert [Flatten] before it", before, after);

    [Fact]
    public async Task A_linear_layer_that_takes_a_map_by_its_name_is_not_mended_by_a_Flatten_before_it() =>
        Assert.Empty(
            await Fixing.Offered("CNN1006", "[Network, Input(1, 8, 8), Conv(2, 3, Name = \"a\"), Flatten, Linear(10, From = \"a\")] partial class Net;"));

    [Theory]
    [InlineData("Conv(4, 7)", "Set Padding = 3", "Conv(4, 7, Padding = 3)")]
    [InlineData("Conv(4, 7)", "Change to 5", "Conv(4, 5)")]
    [InlineData("Conv(4, 3, Dilation = 3)", "Set Padding = 3", "Conv(4, 3, Dilation = 3, Padding = 3)")]
    [InlineData("Conv(4, 9, Padding = 1)", "Set Padding = 4", "Conv(4, 9, Padding = 4)")]
    [InlineData("Conv(4, kernel: [3, 6])", "Change to 5", "Conv(4, kernel: [3, 5])")]
    [InlineData("MaxPool(6, Stride = 1)", "Set Padding = 3", "MaxPool(6, Stride = 1, Padding = 3)")]
    public Task A_window_is_made_to_fit(string before, string title, string after) => Fixing.Turns(
        "CNN1003",
        title,
        $"[Network, Input(2, 5, 5), {before}, GlobalAvgPool] partial class Net;",
        $"[Network, Input(2, 5, 5), {after}, GlobalAvgPool] partial class Net;");

    [Fact]
    public Task The_padding_that_is_set_keeps_the_size_of_every_map() => Fixing.TurnsAll(
        "CNN1003",
        """
        [Network, Input(2, 5, 5)]
        [Conv(4, 7), ReLU]
        public partial class First;

        [Network, Input(2, 5, 5)]
        [Conv(4, 9), ReLU]
        public partial class Second;
        """,
        """
        [Network, Input(2, 5, 5)]
        [Conv(4, 7, Padding = 3), ReLU]
        public partial class First;

        [Network, Input(2, 5, 5)]
        [Conv(4, 9, Padding = 4), ReLU]
        public partial class Second;
        """);

    [Fact]
    public Task A_redundant_bias_is_left_out_everywhere() => Fixing.TurnsAll(
        "CNN2004",
        """
        [Network, Input(2, 8, 8)]
        [Conv(4, 3), BatchNorm, ReLU]
        [Conv(4, 3, Bias = true), BatchNorm, ReLU]
        public partial class Net;
        """,
        """
        [Network, Input(2, 8, 8)]
        [Conv(4, 3, Bias = false), BatchNorm, ReLU]
        [Conv(4, 3, Bias = false), BatchNorm, ReLU]
        public partial class Net;
        """);

    [Theory]
    [InlineData(
        "CNN2004",
        "[Network, Input(2, 28, 28), Conv(4, 3), BatchNorm, ReLU, Conv(4, 3, Bias = true), BatchNorm, Flatten, Linear(9), BatchNorm] partial class Net;",
        "[Network, Input(2, 28, 28), Conv(4, 3, Bias = false), BatchNorm, ReLU, Conv(4, 3, Bias = false), BatchNorm, Flatten, "
        + "Linear(9, Bias = false), BatchNorm] partial class Net;")]
    [InlineData(
        "CNN2004",
        "[Block, Conv(4, 3), BatchNorm, ReLU] class Part; [Network, Input(2, 9, 9), Block<Part>(Repeat = 2)] partial class First; "
        + "[Network, Input(2, 9, 9), Block<Part>] partial class Second;",
        "[Block, Conv(4, 3, Bias = false), BatchNorm, ReLU] class Part; [Network, Input(2, 9, 9), Block<Part>(Repeat = 2)] partial class First; "
        + "[Network, Input(2, 9, 9), Block<Part>] partial class Second;")]
    [InlineData(
        "CNN2005",
        "[Network, Input(1, 10, 10), Conv(2, 3, Stride = 2), ReLU] partial class First; [Network, Input(1, 9, 9), MaxPool(2)] partial class Second;",
        "[Network, Input(1, 10, 10), Conv(2, 3, Stride = 2), ReLU] partial class First; "
        + "[Network, Input(1, 9, 9), MaxPool(2, CeilMode = true)] partial class Second;")]
    [InlineData("CNN2006", "[Network, Input(1, 28, 28), Conv(2, 3), Flatten] partial class Net;",
        "[Network, Input(1, 28, 28), Conv(2, 3), Flatten] partial class Net;")]
    [InlineData(
        "CNN0001",
        "class Outer { [Network, Input(4), Linear(2)] class First; class Inner { [Network, Input(4), Linear(2)] class Second; } "
        + "[Network, Input(4), Linear(2)] class Third; }",
        "partial class Outer { [Network, Input(4), Linear(2)] partial class First; "
        + "partial class Inner { [Network, Input(4), Linear(2)] partial class Second; } [Network, Input(4), Linear(2)] partial class Third; }")]
    [InlineData(
        "CNN1006",
        "[Network, Input(1, 8, 8), Conv(2, 3), ReLU, Linear(10)] partial class First; [Network, Input(1, 8, 8), Linear(10)] partial class Second;",
        "[Network, Input(1, 8, 8), Conv(2, 3), ReLU, Flatten, Linear(10)] partial class First; "
        + "[Network, Input(1, 8, 8), Flatten, Linear(10)] partial class Second;")]
    [InlineData(
        "CNN1005",
        "[Network, Input(12, 8, 8), Conv(24, 3, Groups = 5)] partial class First; [Network, Input(12, 8, 8), Conv(24, 3, Groups = 100)] partial class Second;",
        "[Network, Input(12, 8, 8), Conv(24, 3, Groups = 4)] partial class First; [Network, Input(12, 8, 8), Conv(24, 3, Groups = 12)] partial class Second;")]
    [InlineData(
        "CNN1007",
        "[Network, Input(4), ReLU(Name = \"stem\"), Linear(4), Concat(\"stm\", \"setm\"), Linear(4, Name = \"last\"), Add(\"lst\")] partial class Net;",
        "[Network, Input(4), ReLU(Name = \"stem\"), Linear(4), Concat(\"stem\", \"stem\"), Linear(4, Name = \"last\"), Add(\"last\")] partial class Net;")]
    public Task Every_place_is_mended_by_dotnet_format(string id, string before, string after) => Fixing.IsFormatted(id, before, after);

    [Theory]
    [InlineData("[Linear(300)]\n[Linear(400), ReLU]", "[Linear(300), ReLU]\n[Linear(400), ReLU]")]
    [InlineData("[Linear(300), Linear(400), ReLU]", "[Linear(300), ReLU, Linear(400), ReLU]")]
    [InlineData("[Linear(300), BatchNorm, Dropout]\n[Linear(400), ReLU]", "[Linear(300), BatchNorm, Dropout, ReLU]\n[Linear(400), ReLU]")]
    public Task A_nonlinearity_is_put_between_two_linear_layers(string before, string after) => Fixing.Turns(
        "CNN2001",
        "Insert [ReLU] before it",
        $"[Network, Input(784)]\n{before}\npublic partial class Net;",
        $"[Network, Input(784)]\n{after}\npublic partial class Net;");

    [Fact]
    public Task Nonlinearities_are_put_between_all_linear_layers() => Fixing.TurnsAll(
        "CNN2001",
        "[Network, Input(64)]\n[Linear(32)]\n[Linear(32)]\n[Linear(10)]\npublic partial class Net;",
        "[Network, Input(64)]\n[Linear(32), ReLU]\n[Linear(32), ReLU]\n[Linear(10)]\npublic partial class Net;");

    [Theory]
    [InlineData("Conv(24, 3, Groups = 5)", "Conv(24, 3, Groups = 4)", "4")]
    [InlineData("Conv(24, 3, Groups = 100)", "Conv(24, 3, Groups = 12)", "12")]
    public Task Groups_become_the_nearest_divisor(string before, string after, string groups) => Fixing.Turns(
        "CNN1005",
        "Set Groups = " + groups,
        $"[Network, Input(12, 8, 8), {before}] partial class Net;",
        $"[Network, Input(12, 8, 8), {after}] partial class Net;");

    [Fact]
    public Task An_edge_is_reached_with_CeilMode() => Fixing.Turns(
        "CNN2005",
        "Set CeilMode = true",
        "[Network, Input(1, 9, 9), MaxPool(2)] partial class Net;",
        "[Network, Input(1, 9, 9), MaxPool(2, CeilMode = true)] partial class Net;");

    [Theory]
    [InlineData("ReLU(From = \"Stem\")", "ReLU(From = \"stem\")")]
    [InlineData("ReLU(From = \"setm\")", "ReLU(From = \"stem\")")]
    [InlineData("Add(\"stemm\")", "Add(\"stem\")")]
    [InlineData("Concat(\"stem\", \"linear_1\")", "Concat(\"stem\", \"linear1\")")]
    [InlineData("Concat(others: [\"stm\"])", "Concat(others: [\"stem\"])")]
    public Task A_misspelt_name_becomes_the_nearest(string before, string after)
    {
        string title = "Change to \"" + (before.Contains("linear", StringComparison.Ordinal) ? "linear1" : "stem") + "\"";
        return Fixing.Turns(
            "CNN1007",
            title,
            $"[Network, Input(4), Linear(4), ReLU(Name = \"stem\"), Linear(4), {before}] partial class Net;",
            $"[Network, Input(4), Linear(4), ReLU(Name = \"stem\"), Linear(4), {after}] partial class Net;");
    }

    [Fact]
    public async Task Nothing_is_offered_for_a_name_that_is_like_no_other() =>
        Assert.Empty(await Fixing.Offered("CNN1007", "[Network, Input(4), Linear(4), Add(\"shortcut\")] partial class Net;"));

    [Theory]
    [InlineData("RelU", "ReLU")]
    [InlineData("Cnn.Relu", "Cnn.ReLU")]
    public Task A_misspelt_layer_is_renamed(string before, string after)
    {
        const string Declaration = "[Network, Input(4), {0}]\npublic partial class Net;";
        return Fixing.Turns("CNN0036", "Change to ReLU",
            string.Format(System.Globalization.CultureInfo.InvariantCulture, Declaration, before),
            string.Format(System.Globalization.CultureInfo.InvariantCulture, Declaration, after));
    }

    [Fact]
    public Task Arguments_of_a_misspelt_layer_stay() => Fixing.Turns("CNN0036", "Change to Linear",
        "[Network, Input(4), /* wide */ Dense(20, Bias = false), ReLU]\npublic partial class Net;",
        "[Network, Input(4), /* wide */ Linear(20, Bias = false), ReLU]\npublic partial class Net;");

    [Theory]
    [InlineData("[Network, Input(4), Linear(2)]\npublic partial class Net;", "using Cnn;\n\n[Network, Input(4), Linear(2)]\npublic partial class Net;")]
    [InlineData("// Mine.\n[Network, Input(4), Linear(2)]\npublic partial class Net;",
        "// Mine.\nusing Cnn;\n\n[Network, Input(4), Linear(2)]\npublic partial class Net;")]
    [InlineData("using System;\n\n[Network, Input(4), Linear(2)]\npublic partial class Net;",
        "using System;\nusing Cnn;\n\n[Network, Input(4), Linear(2)]\npublic partial class Net;")]
    public Task A_missing_using_is_added(string before, string after) =>
        Fixing.Turns("CNN0037", "Add 'using Cnn;'", before, after, withoutUsings: true);
}
