namespace Cnn.Generator.Emission;

/// <summary>The reserved words of C#, which a class may be named after with an @, and those that are reserved in some places or for the names of types.</summary>
internal static class Keywords
{
    private static readonly HashSet<string> Reserved = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false "
            + "finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params private "
            + "protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked "
            + "unsafe ushort using virtual void volatile while "
            + "allows and async await dynamic extension field file managed nameof nint not notnull nuint or partial record required scoped unmanaged value var when where with yield _").Split(' '),
        StringComparer.Ordinal);

    public static bool IsReserved(string name) => Reserved.Contains(name);
}
