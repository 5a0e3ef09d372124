using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Weights.PyTorch;

/// <summary>
/// Pickle, as a machine with a stack and no way to run anything: a callable is one of a few names that stand for fixed constructions here, or makes an object
/// of which nothing is known. What a checkpoint does not need is an error that says what it is.
/// </summary>
internal sealed class PickleReader(byte[] data)
{
    /// <summary>A tensor takes about 30 operations; the limit bounds the time that a hostile pickle takes.</summary>
    private const int MostOperations = 500_000;

    private static readonly object Mark = new();

    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];
    private int _position;

    /// <summary>Where the next of several pickles begins.</summary>
    public int Position => _position;

    /// <summary>The storages that were referred to.</summary>
    public List<TorchStorage> Storages { get; } = [];

    /// <summary>The object that the pickle describes.</summary>
    /// <exception cref="ImportException">The pickle is damaged, or asks for what no checkpoint needs.</exception>
    public object? Read()
    {
        _memo.Clear();
        _stack.Clear();
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
        if (!ExecuteValue(opcode) && !ExecuteText(opcode) && !ExecuteStack(opcode) && !ExecuteContainer(opcode) && !ExecuteObject(opcode))
            throw Fault($"has the opcode 0x{opcode:X2} at byte {_position - 1}, which no checkpoint needs");
    }

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
            default:
                return false;
        }
    }

    /// <summary>Texts, and bytes, which are kept as an object of which nothing is known.</summary>
    private bool ExecuteText(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'X':
                return Push(Text(Int32()));
            case 0x8C: // SHORT_BINUNICODE
                return Push(Text(Byte()));
            case 0x8D: // BINUNICODE8
                return Push(Text(Int64()));
            case (byte)'U': // SHORT_BINSTRING and BINSTRING: texts of Python 2
                return Push(Text(Byte()));
            case (byte)'T':
                return Push(Text(Int32()));
            case (byte)'C': // SHORT_BINBYTES, BINBYTES, BINBYTES8, BYTEARRAY8
                return PushBytes(Byte());
            case (byte)'B':
                return PushBytes(Int32());
            case 0x8E or 0x96:
                return PushBytes(Int64());
            default:
                return false;
        }
    }

    /// <summary>The stack and the memo.</summary>
    private bool ExecuteStack(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'(':
                return Push(Mark);
            case (byte)'0': // POP
                _ = Pop();
                return true;
            case (byte)'1': // POP_MARK
                _ = PopToMark();
                return true;
            case (byte)'2': // DUP
                object? top = Pop();
                return Push(top) && Push(top);
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
            case 0x8F: // EMPTY_SET
                return Push(new PickleObject("set"));
            case 0x91: // FROZENSET
                _ = PopToMark();
                return Push(new PickleObject("frozenset"));
            case (byte)'a':
                return Append([Pop()]);
            case (byte)'e' or 0x90: // APPENDS, ADDITEMS
                return Append(PopToMark());
            case (byte)'s':
                return Set(PopMany(2));
            case (byte)'u':
                return Set(PopToMark());
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
            case (byte)'R' or 0x81: // REDUCE; NEWOBJ, which makes an object without its constructor
                object? arguments = Pop();
                return Push((Pop() as PickleGlobal ?? throw Fault("calls what is no function")).Call(arguments as object?[]
                    ?? throw Fault("calls without a tuple of arguments")));
            case 0x92: // NEWOBJ_EX: class, arguments, named arguments
                return Push((PopMany(3)[0] as PickleGlobal ?? throw Fault("calls what is no function")).Call([]));
            case (byte)'b':
                return Build(Pop());
            case (byte)'Q': // BINPERSID
                object storage = PickleGlobal.Storage(Pop());
                if (storage is TorchStorage known)
                    Storages.Add(known);
                return Push(storage);
            default:
                return false;
        }
    }

    /// <summary>Sets and lists of classes that are not known lose their items.</summary>
    private bool Append(object?[] items)
    {
        switch (Top())
        {
            case List<object?> list:
                list.AddRange(items);
                return true;
            case PickleObject:
                return true;
            default:
                throw Fault("fills what is no list");
        }
    }

    private bool Set(object?[] pairs)
    {
        if (pairs.Length % 2 != 0)
            throw Fault("sets a key without a value");
        PickleDictionary dictionary = Top() as PickleDictionary ?? (Top() as PickleObject)?.Items ?? throw Fault("fills what is no dictionary");
        for (int index = 0; index < pairs.Length; index += 2)
            dictionary.Set(pairs[index], pairs[index + 1]);
        return true;
    }

    /// <summary>
    /// Attributes: of a dictionary they are versions of modules and of a tensor hooks, which are not needed; of an object they are kept. They are a dictionary,
    /// or two, of which the second is of slots.
    /// </summary>
    private bool Build(object? state)
    {
        switch (Top())
        {
            case PickleObject target:
                target.State = state as PickleDictionary ?? (state as object?[])?.OfType<PickleDictionary>().FirstOrDefault();
                return true;
            case PickleDictionary or TorchTensor:
                return true;
            default:
                throw Fault("gives attributes to what has none");
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

    private object? Top() => _stack.Count > 0 ? _stack[^1] : throw Fault("takes more from its stack than there is");

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

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private int Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8)) is var length and >= 0 and <= int.MaxValue
        ? (int)length
        : throw Fault("ends in the middle");

    private bool PushBytes(int length)
    {
        _ = Take(length);
        return Push(new PickleObject("bytes"));
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

    /// <summary>A long, or of more bytes a <see cref="BigInteger"/>.</summary>
    private static object Long(ReadOnlySpan<byte> bytes)
    {
        BigInteger value = new(bytes);
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    private static ImportException Fault(string what) => new($"The pickle {what}. Save model.state_dict() with torch.save.");
}
