using Experiments.Mlflow;

namespace Experiments.Reports.Tracking;

/// <summary>Addresses as they may be shown.</summary>
internal static class StoreAddress
{
    /// <summary>The address without the user and password that it may hold.</summary>
    public static string WithoutCredentials(string address) => MlflowStore.WithoutCredentials(address);

    /// <summary>Whether people can open it in a browser.</summary>
    public static bool IsServer(string address) => address.StartsWith("http", StringComparison.OrdinalIgnoreCase);
}
