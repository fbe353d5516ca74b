// Whether the product is right about the scripts of other people: each script of corpus/ swept in each world, against what its head says.
// --only TEXT[,TEXT] runs those whose name holds it; --identity compares a bare run with one under the probe instead; --keep leaves the folders.
using Experiments.Bench;
using Experiments.Bench.Scripts;

var only = Array.IndexOf(args, "--only") is >= 0 and var position ? args[position + 1] : "";
var cases = Corpus.Read(only);
var worlds = World.Find();
var folder = Directory.CreateTempSubdirectory("experiments-bench-scripts-").FullName;
var report = new BenchReport("scripts", 1);
if (worlds.Count < 2)
    report.Note("only one world is here: build/trixie.sh makes the second one");
var table = new ScriptTable();
foreach (var world in worlds)
{
    foreach (var one in cases.Where(one => one.RunsIn(world)))
    {
        var place = Path.Combine(folder, world.Name, one.Name);
        if (one.Needs is { } module && !world.Has(module))
            report.Note($"{one.Name} needs {module}, which {world.Name} has not");
        else if (!args.Contains("--identity"))
            table.Add(one, world, new Judgement(one, Sweep.Run(one, world, place)));
        else if (Identity.Difference(one, world, place) is { } difference)
            table.Add(one, world, difference);
        else
            report.Note($"{one.Name} does not end in {world.Name}, or no two runs of it are the same");
    }
}

if (args.Contains("--keep"))
    report.Note(folder);
else
    Directory.Delete(folder, recursive: true);
table.AddTo(report, isWhole: only.Length == 0 && !args.Contains("--identity"));
return report.Write();
