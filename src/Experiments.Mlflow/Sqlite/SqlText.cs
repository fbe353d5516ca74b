using System.Text;

namespace Experiments.Mlflow.Sqlite;

/// <summary>A statement in the making, with its parameters. Text of users gets in as a parameter only.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _text = new();
    private readonly List<object?> _values = [];

    public string Text => _text.ToString();

    public object?[] Values => [.. _values];

    public SqlText Add(string sql)
    {
        _text.Append(sql);
        return this;
    }

    /// <summary>Takes a value and gives the name that stands for it.</summary>
    public string Parameter(object? value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }
}
