namespace Cnn.Definitions;

/// <summary>How an argument is written.</summary>
internal enum ArgumentPlace
{
    /// <summary>By name: <c>Groups = 2</c>.</summary>
    Property,

    /// <summary>By position: it is the constructor's.</summary>
    Constructor,

    /// <summary>By name, or by position with all others that can be.</summary>
    Either,
}
