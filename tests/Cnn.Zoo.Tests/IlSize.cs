using System.Reflection;
using System.Reflection.Emit;

namespace Cnn.Zoo.Tests;

/// <summary>How large a method is before it is compiled.</summary>
internal sealed record IlSize(int Bytes, int Instructions, int Blocks)
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IlSize Of(byte[] il)
    {
        HashSet<int> blocks = [0];
        int instructions = 0;
        int at = 0;
        while (at < il.Length)
        {
            instructions++;
            OpCode code = il[at] == 0xFE ? Codes[unchecked((short)(0xFE00 | il[at + 1]))] : Codes[il[at]];
            at += code.Size;
            int end = at + OperandSize(code, il, at);
            if (code.OperandType == OperandType.ShortInlineBrTarget)
                blocks.UnionWith([end, end + unchecked((sbyte)il[at])]);
            else if (code.OperandType == OperandType.InlineBrTarget)
                blocks.UnionWith([end, end + BitConverter.ToInt32(il, at)]);
            at = end;
        }

        return new IlSize(il.Length, instructions, blocks.Count);
    }

    private static int OperandSize(OpCode code, byte[] il, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };
}
