namespace Experiments.Reports.Html;

/// <summary>A picture that lies in the page itself.</summary>
/// <param name="ConfigurationId">The configuration that it shows.</param>
/// <param name="DataUri">The picture as a <c>data:</c> address.</param>
public sealed record EmbeddedPicture(string ConfigurationId, string DataUri);
