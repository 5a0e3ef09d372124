using System.Text;
using Cnn.Tool.Importing;
using Cnn.Tool.Verification;

namespace Cnn.Onnx.Tests.Verification;

/// <summary>Arrays as numpy.save writes them.</summary>
public sealed class NumpyFileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_array_of_floats_is_read_from_each_version_of_the_format(byte version)
    {
        Tensor tensor = Read(version, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
            new float[] { 1, 2, 3, 4, 5, 6 }.SelectMany(BitConverter.GetBytes));
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], tensor.Reals);
    }

    [Fact]
    public void Doubles_are_rounded_to_floats() =>
        Assert.Equal([0.1f], Read(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", BitConverter.GetBytes(0.1)).Reals);

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", "numpy.ascontiguousarray")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "numpy.ascontiguousarray")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", "numpy.ascontiguousarray")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "axis '-1'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1152921504606846976,), }", "elements are not read")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "ends too early")]
    [InlineData("", "numpy.ascontiguousarray")]
    public void What_is_no_array_of_floats_in_C_order_is_an_error(string header, string reason) =>
        Assert.Contains(reason, Assert.Throws<ImportException>(() => Read(1, header, new byte[4])).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_file_is_an_error()
    {
        using MemoryStream stream = new("PK but not NUMPY"u8.ToArray());
        Assert.Contains("signature", Assert.Throws<ImportException>(() => NumpyFile.Read(stream)).Message, StringComparison.Ordinal);
    }

    private static Tensor Read(byte version, string header, IEnumerable<byte> data)
    {
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes(header.Length);
        using MemoryStream stream = new([0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.ASCII.GetBytes(header), .. data]);
        return NumpyFile.Read(stream);
    }
}
