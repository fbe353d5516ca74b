using System.Globalization;

namespace Experiments.PyTorch.Steering;

/// <summary>Loader settings as text, in the notation of environment variables.</summary>
internal static class SettingText
{
    public static int? Integer(string? text) =>
        text is null ? null : int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static bool? Boolean(string? text) => text is null ? null : bool.Parse(text);

    public static string? Of(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    public static string? Of(bool? value) => value switch { true => "true", false => "false", null => null };
}
