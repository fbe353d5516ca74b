using System.CommandLine;
using Experiments.Core.Results;
using Experiments.Definitions;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments schema</c>.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", """
            Prints the JSON Schema of a definition, for editors.

            Example: experiments schema > experiments.schema.json
            and as a definition's first line: # yaml-language-server: $schema=experiments.schema.json
            """);
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.WriteLine(DefinitionSchema.Json);
            return ExitCodes.Pass;
        });
        return command;
    }
}
