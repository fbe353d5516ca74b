using System.Reflection;

namespace Experiments.Packages.Tests.PublicApi;

/// <summary>Writes a type as C# does.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(char)] = "char", [typeof(double)] = "double", [typeof(float)] = "float",
        [typeof(int)] = "int", [typeof(long)] = "long", [typeof(object)] = "object", [typeof(short)] = "short", [typeof(string)] = "string", [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong", [typeof(ushort)] = "ushort", [typeof(nint)] = "nint",
    };

    /// <summary>With the <c>?</c> of references that may be null.</summary>
    public static string Of(NullabilityInfo info)
    {
        var mark = info.ReadState == NullabilityState.Nullable && !info.Type.IsValueType ? "?" : "";
        if (info.ElementType is { } element)
            return Of(element) + "[]" + mark;
        return info.GenericTypeArguments.Length > 0 && info.Type.IsGenericType && Nullable.GetUnderlyingType(info.Type) is null
            ? $"{Simple(info.Type)}<{string.Join(", ", info.GenericTypeArguments.Select(Of))}>{mark}"
            : Of(info.Type) + mark;
    }

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsByRef)
            return "ref " + Of(type.GetElementType()!);
        if (type.IsPointer)
            return Of(type.GetElementType()!) + "*";
        if (type.IsArray)
            return Of(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value) + "?";
        return type.IsGenericType ? $"{Simple(type)}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : Simple(type);
    }

    private static string Simple(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.IsNested && !type.IsGenericParameter ? $"{type.DeclaringType!.Name.Split('`')[0]}.{name}" : name;
    }
}
