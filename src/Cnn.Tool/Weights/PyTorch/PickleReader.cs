using System.Buffers.Binary;
using System.Text;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Weights.PyTorch;

/// <summary>
/// The part of pickle that a state dict needs, as a machine with a stack and no way to run anything: a callable is one of a few names that stand for
/// fixed constructions here, and every other name or opcode is an error that says which it is.
/// </summary>
internal sealed class PickleReader(byte[] data)
{
    /// <summary>A tensor takes about 30 operations; the limit bounds the time that a hostile pickle takes.</summary>
    private const int MostOperations = 500_000;

    private static readonly object Mark = new();

    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];
    private int _position;

    /// <summary>The object that the pickle describes.</summary>
    /// <exception cref="ImportException">The pickle is damaged, or asks for something else than a state dict of plain tensors.</exception>
    public object? Read()
    {
        for (int operation = 0; operation < MostOperations; operation++)
        {
            byte opcode = Byte();
            if (opcode == (byte)'.')
                return Pop();
            Execute(opcode);
        }

        throw Fault($"has more than {MostOperations:N0} operations");
    }

    private void Execute(byte opcode)
    {
        if (!ExecuteValue(opcode) && !ExecuteContainer(opcode) && !ExecuteObject(opcode))
            throw Fault($"has the opcode 0x{opcode:X2} at byte {_position - 1}, which no state dict of plain tensors needs");
    }

    /// <summary>Constants and the memo.</summary>
    private bool ExecuteValue(byte opcode)
    {
        switch (opcode)
        {
            case 0x80: // PROTO
                if (Byte() is var version && version is < 2 or > 5)
                    throw Fault($"has the protocol {version}; 2 to 5 are read");
                return true;
            case 0x95: // FRAME
                _ = Take(8);
                return true;
            case (byte)'N':
                return Push(null);
            case 0x88:
                return Push(true);
            case 0x89:
                return Push(false);
            case (byte)'K':
                return Push((long)Byte());
            case (byte)'M':
                return Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
            case (byte)'J':
                return Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
            case 0x8A: // LONG1
                return Push(Long(Take(Byte())));
            case (byte)'G':
                return Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8)));
            case (byte)'X':
                return Push(Text(BinaryPrimitives.ReadInt32LittleEndian(Take(4))));
            case 0x8C: // SHORT_BINUNICODE
                return Push(Text(Byte()));
            case (byte)'q':
                return Remember(Byte());
            case (byte)'r':
                return Remember(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)));
            case 0x94: // MEMOIZE
                return Remember(_memo.Count);
            case (byte)'h':
                return Push(Recall(Byte()));
            case (byte)'j':
                return Push(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
            default:
                return false;
        }
    }

    private bool ExecuteContainer(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'(':
                return Push(Mark);
            case (byte)')':
                return Push(Array.Empty<object?>());
            case (byte)'t':
                return Push(PopToMark());
            case 0x85 or 0x86 or 0x87: // TUPLE1 to TUPLE3
                return Push(PopMany(opcode - 0x84));
            case (byte)'}':
                return Push(new PickleDictionary());
            case (byte)']':
                return Push(new List<object?>());
            case (byte)'a':
                object? item = Pop();
                Top<List<object?>>().Add(item);
                return true;
            case (byte)'e':
                object?[] items = PopToMark();
                Top<List<object?>>().AddRange(items);
                return true;
            case (byte)'s':
                object?[] pair = PopMany(2);
                Top<PickleDictionary>().Set(pair[0], pair[1]);
                return true;
            case (byte)'u':
                object?[] pairs = PopToMark();
                if (pairs.Length % 2 != 0)
                    throw Fault("sets a key without a value");
                PickleDictionary dictionary = Top<PickleDictionary>();
                for (int index = 0; index < pairs.Length; index += 2)
                    dictionary.Set(pairs[index], pairs[index + 1]);
                return true;
            default:
                return false;
        }
    }

    private bool ExecuteObject(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'c': // GLOBAL
                return Push(PickleGlobal.Find(Line(), Line()));
            case 0x93: // STACK_GLOBAL
                object?[] names = PopMany(2);
                return Push(PickleGlobal.Find(names[0] as string ?? "", names[1] as string ?? ""));
            case (byte)'R': // REDUCE
                object? arguments = Pop();
                return Push((Pop() as PickleGlobal ?? throw Fault("calls what is no function")).Call(arguments as object?[]
                    ?? throw Fault("calls without a tuple of arguments")));
            case (byte)'b': // BUILD: a state dict carries versions of its modules, which are not needed
                _ = Pop();
                _ = Top<PickleDictionary>();
                return true;
            case (byte)'Q': // BINPERSID
                return Push(PickleGlobal.Storage(Pop()));
            default:
                return false;
        }
    }

    private bool Push(object? value)
    {
        _stack.Add(value);
        return true;
    }

    private object? Pop()
    {
        if (_stack.Count == 0 || ReferenceEquals(_stack[^1], Mark))
            throw Fault("takes more from its stack than there is");
        object? value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        object?[] values = new object?[count];
        for (int index = count - 1; index >= 0; index--)
            values[index] = Pop();
        return values;
    }

    private object?[] PopToMark()
    {
        int mark = _stack.FindLastIndex(value => ReferenceEquals(value, Mark));
        if (mark < 0)
            throw Fault("has no mark where one is needed");
        object?[] values = [.. _stack.Skip(mark + 1)];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return values;
    }

    private T Top<T>()
        where T : class => _stack.Count > 0 && _stack[^1] is T value ? value : throw Fault("fills what is no list or dictionary");

    private bool Remember(long key)
    {
        object? value = Pop();
        _memo[key] = value;
        return Push(value);
    }

    private object? Recall(long key) => _memo.TryGetValue(key, out object? value) ? value : throw Fault($"refers to an object {key} that it has not made");

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > data.Length - _position)
            throw Fault("ends in the middle");
        _position += count;
        return data.AsSpan(_position - count, count);
    }

    private string Text(int length) => Encoding.UTF8.GetString(Take(length));

    private string Line()
    {
        const int LongestName = 256;
        int length = data.AsSpan(_position, Math.Min(LongestName, data.Length - _position)).IndexOf((byte)'\n');
        if (length < 0)
            throw Fault("has a name that does not end");
        string line = Text(length);
        _position++;
        return line;
    }

    private long Long(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 8)
            throw Fault("has an integer of more than 64 bits");
        long value = bytes.Length > 0 && (bytes[^1] & 0x80) != 0 ? -1 : 0;
        for (int index = bytes.Length - 1; index >= 0; index--)
            value = (value << 8) | bytes[index];
        return value;
    }

    private static ImportException Fault(string what) => new($"The pickle {what}. Save model.state_dict() with torch.save.");
}
