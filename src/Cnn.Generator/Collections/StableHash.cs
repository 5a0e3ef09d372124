namespace Cnn.Generator.Collections;

/// <summary>FNV-1a (Fowler, Noll, Vo): the hash codes of .NET differ from process to process.</summary>
internal static class StableHash
{
    public static uint Of(string text)
    {
        uint hash = 2166136261;
        foreach (char letter in text)
            hash = unchecked((hash ^ letter) * 16777619);
        return hash;
    }
}
