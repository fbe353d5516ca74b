namespace Experiments.Mlflow.Tests.Double;

/// <summary>The type of a field of a request.</summary>
internal abstract record ProtoType
{
    public static readonly ProtoType Text = new Scalar("text");
    public static readonly ProtoType Integer = new Scalar("integer");
    public static readonly ProtoType Real = new Scalar("real");

    public static ProtoType OneOf(params string[] names) => new Enumeration(names);

    public static ProtoType Object(params (string, ProtoType)[] fields) => new Message(fields.ToDictionary());

    public ProtoType Many => new Repeated(this);

    internal sealed record Scalar(string Kind) : ProtoType;

    internal sealed record Enumeration(string[] Names) : ProtoType;

    internal sealed record Message(Dictionary<string, ProtoType> Fields) : ProtoType;

    internal sealed record Repeated(ProtoType Item) : ProtoType;
}
