using Cake.Core.IO;

namespace Cake.Experiments.Tool;

/// <summary>How the <c>experiments</c> command is started: a program, and the arguments that come before its own.</summary>
internal sealed record ToolCommand(FilePath Program, IReadOnlyList<string> Prefix);
