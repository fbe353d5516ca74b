namespace Experiments.Mlflow.Tests.Double;

/// <summary>A request as a server sees it after parsing: what was not understood is missing, and what is missing has its default.</summary>
internal sealed class ProtoMessage
{
    private readonly Dictionary<string, object> _fields = [];

    public bool Has(string field) => _fields.ContainsKey(field);

    public void Set(string field, object value) => _fields[field] = value;

    public string Text(string field) => (string)_fields.GetValueOrDefault(field, "");

    public string? TextOrNull(string field) => (string?)_fields.GetValueOrDefault(field);

    public long Integer(string field) => (long)_fields.GetValueOrDefault(field, 0L);

    public double Real(string field) => (double)_fields.GetValueOrDefault(field, 0d);

    public ProtoMessage? Child(string field) => (ProtoMessage?)_fields.GetValueOrDefault(field);

    public List<object> List(string field)
    {
        if (!_fields.TryGetValue(field, out var list))
        {
            _fields[field] = list = new List<object>();
        }

        return (List<object>)list;
    }

    public IEnumerable<ProtoMessage> Children(string field) => List(field).Cast<ProtoMessage>();

    public IEnumerable<string> Texts(string field) => List(field).Cast<string>();
}
