namespace Cnn.Generator.Model;

/// <summary>The words of C# that names may not be, or only with an @.</summary>
internal static class Keywords
{
    private static readonly HashSet<string> Everywhere = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do "
            + "double else enum event explicit extern false "
            + "finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null "
            + "object operator out override params private "
            + "protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this "
            + "throw true try typeof uint ulong unchecked "
            + "unsafe ushort using virtual void volatile while").Split(' '),
        StringComparer.Ordinal);

    private static readonly HashSet<string> InPlaces = new(
        ("allows and async await dynamic extension field file managed nameof nint not notnull nuint or partial record required "
            + "scoped unmanaged value var when where with "
            + "yield _").Split(' '),
        StringComparer.Ordinal);

    /// <summary>Whether it is a keyword wherever it stands.</summary>
    public static bool IsKeyword(string name) => Everywhere.Contains(name);

    /// <summary>Whether it is a keyword, if only in some places or for the names of types.</summary>
    public static bool IsReserved(string name) => Everywhere.Contains(name) || InPlaces.Contains(name);
}
