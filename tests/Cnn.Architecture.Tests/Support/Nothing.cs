namespace Cnn.Architecture.Tests.Support;

/// <summary>Asserts that a search found nothing, and otherwise shows all of it; xunit's own assertion cuts each line short.</summary>
internal static class Nothing
{
    public static void In(IEnumerable<string> found)
    {
        string[] lines = [.. found];
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }
}
