using System.Collections;

namespace Cnn;

/// <summary>The parameters and running statistics of a network, in declaration order and by name.</summary>
public sealed class ParameterSet : IReadOnlyList<Parameter>
{
    private readonly Parameter[] _parameters;

    internal ParameterSet(Parameter[] parameters) => _parameters = parameters;

    /// <summary>The number of tensors.</summary>
    public int Count => _parameters.Length;

    /// <summary>The number of elements of all tensors, running statistics included.</summary>
    public long Length => _parameters.Sum(parameter => (long)parameter.Length);

    /// <summary>A tensor by position.</summary>
    /// <param name="index">From 0, in declaration order.</param>
    /// <exception cref="IndexOutOfRangeException">The index is negative or not below <see cref="Count"/>.</exception>
    public Parameter this[int index] => _parameters[index];

    /// <summary>A tensor by name.</summary>
    /// <param name="name">The name, such as <c>conv1.weight</c>.</param>
    /// <exception cref="ArgumentException">There is no such tensor; the message lists those that there are.</exception>
    public Parameter this[string name]
    {
        get
        {
            foreach (Parameter parameter in _parameters)
            {
                if (parameter.Name == name)
                    return parameter;
            }

            throw new ArgumentException(
                $"There is no parameter '{name}'. There are: {string.Join(", ", _parameters.Select(parameter => parameter.Name))}.", nameof(name));
        }
    }

    /// <summary>Some of these parameters, in the same order: to save or load a part of a network.</summary>
    /// <param name="predicate">Whether a parameter is one of them.</param>
    /// <returns>The network's own parameters, not copies.</returns>
    public ParameterSet Where(Func<Parameter, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new ParameterSet([.. Enumerable.Where(_parameters, predicate)]);
    }

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => ((IEnumerable<Parameter>)_parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
