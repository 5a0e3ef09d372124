namespace BrowserLeNet;

/// <summary>The page calls what is exported in Interop; nothing runs by itself.</summary>
internal static class Program
{
    private static void Main()
    {
    }
}
