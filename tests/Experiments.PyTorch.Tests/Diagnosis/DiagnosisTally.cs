using System.Collections.Concurrent;

namespace Experiments.PyTorch.Tests.Diagnosis;

/// <summary>Counts wrong diagnoses over the corpus and prints the rate at the end.</summary>
public sealed class DiagnosisTally : IDisposable
{
    private readonly ConcurrentBag<(string Failure, string Expected, string Named)> _seen = [];

    public void Count(string failure, string expected, string named) => _seen.Add((failure, expected, named));

    public void Dispose()
    {
        var wrong = _seen.Where(one => one.Expected != one.Named).ToList();
        TestContext.Current.SendDiagnosticMessage("wrong diagnoses: {0} of {1}", wrong.Count, _seen.Count);
        Console.WriteLine($"wrong diagnoses: {wrong.Count} of {_seen.Count}");
        foreach (var (failure, expected, named) in wrong)
            Console.WriteLine($"  {failure}: '{named}' instead of '{expected}'");
    }
}
