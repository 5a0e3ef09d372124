using System.Runtime.InteropServices;

namespace BrowserLeNet.Interop;

/// <summary>Floats that the page reads and writes where they lie. .NET hands out views of bytes only, so they are bytes that are taken for floats.</summary>
/// <param name="length">How many.</param>
internal sealed class FloatBuffer(int length)
{
    private readonly byte[] _bytes = new byte[length * sizeof(float)];

    /// <summary>For the program.</summary>
    public Span<float> Values => MemoryMarshal.Cast<byte, float>(_bytes.AsSpan());

    /// <summary>For the page.</summary>
    public ArraySegment<byte> Bytes => _bytes;
}
