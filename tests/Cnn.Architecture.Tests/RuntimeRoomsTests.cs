using Cnn.Architecture.Tests.Support;

namespace Cnn.Architecture.Tests;

/// <summary>The runtime from the ground up: nothing uses what is built on it.</summary>
public sealed class RuntimeRoomsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Attributes"] = [],
        ["Isa"] = [],
        ["Randomness"] = [],
        ["Memory"] = [],
        ["Threading"] = [],
        ["Ranks"] = [],
        ["Kernels"] = ["Isa", "Randomness"],
        ["Training"] = ["Isa", "Kernels"],
        ["Networks"] = ["Attributes", "Ranks", "Storage", "Training"],
        ["Storage"] = [],
        ["Serialization"] = ["Storage", "Memory", "Networks"],
        ["Data"] = ["Networks", "Randomness", "Ranks", "Threading", "Training"],
        ["CompilerServices"] =
            ["Attributes", "Isa", "Kernels", "Memory", "Networks", "Randomness", "Ranks", "Serialization", "Storage", "Threading", "Training"],
    };

    private static readonly Lazy<Rooms> Runtime = new(() => Rooms.Of("src/Cnn.Runtime"));

    [Fact]
    public void A_room_uses_only_the_rooms_below_it() => Nothing.In(Runtime.Value.Outside(Allowed));

    [Fact]
    public void Every_room_has_its_rule() => Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Runtime.Value.All);
}
