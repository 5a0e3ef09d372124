namespace Cnn.Definitions;

/// <summary>Operations on two tensors as layers.</summary>
internal static class BinaryLayers
{
    public static IReadOnlyList<LayerDefinition> All { get; } = [.. BinaryTable.All.Select(Of)];

    private static LayerDefinition Of(BinaryDefinition operation)
    {
        string role = operation.Role.StartsWith("the ", StringComparison.Ordinal) ? operation.Role : "the one that is " + operation.Role;
        return new(
            operation.Kind,
            operation.Summary,
            ArgumentDefinition.Text("Other", $"The <see cref=\"LayerAttribute.Name\"/> of the earlier layer whose output is {role}.").ByPlace())
        {
            Remarks = """
                An axis, or the channels, of length 1 is repeated to the length of the other tensor's, so that <c>C x 1 x 1</c> meets the channels of <c>C
                x H x W</c>. Either tensor may be the smaller one.
                """,
        };
    }
}
