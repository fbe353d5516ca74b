namespace Experiments.Reports.Tracking;

/// <summary>Addresses as they may be shown.</summary>
internal static class StoreAddress
{
    /// <summary>The address without the user and password that it may hold.</summary>
    public static string WithoutCredentials(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0
            ? address.Replace(uri.UserInfo + "@", "", StringComparison.Ordinal)
            : address;

    /// <summary>Whether people can open it in a browser.</summary>
    public static bool IsServer(string address) => address.StartsWith("http", StringComparison.OrdinalIgnoreCase);
}
