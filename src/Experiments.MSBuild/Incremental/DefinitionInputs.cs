namespace Experiments.MSBuild.Incremental;

/// <summary>
/// The files that an experiment depends on, as the command tells them (<c>experiments plan --inputs</c>). It is asked once for each content of a definition, since
/// that takes as long as a process takes to start.
/// </summary>
/// <param name="folder">Where the answers are kept.</param>
/// <param name="tool">The command's file: another one may understand the definition in another way.</param>
/// <param name="ask">Asks the command; null where it understands no such definition.</param>
internal sealed class DefinitionInputs(string folder, string tool, Func<string, IReadOnlyList<string>?> ask)
{
    /// <summary>The files, the definition first.</summary>
    public IReadOnlyList<string> Of(string definition)
    {
        var note = new Stamp(folder, definition, "inputs");
        var asked = Fingerprint.Of([], [definition, tool]);
        if (note.Read() is { } kept && kept.StartsWith(asked, StringComparison.Ordinal))
            return kept.Substring(asked.Length).Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
        if (ask(definition) is not { } inputs)
            return [definition]; // its run says what is wrong
        note.Write(asked + string.Join("\n", inputs));
        return inputs;
    }
}
