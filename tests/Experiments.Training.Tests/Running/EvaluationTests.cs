using Experiments.Training.Running;

namespace Experiments.Training.Tests.Running;

public sealed class EvaluationTests
{
    [Fact]
    public void Accuracy_and_the_most_frequent_class_are_counted_over_batches()
    {
        var evaluation = new Evaluation(["yes", "no"]);
        evaluation.Add([0, 0, 1], [0, 1, 1]);
        evaluation.Add([0], [0]);
        Assert.Equal((4, 0.75, 0.75), (evaluation.Samples, evaluation.Accuracy, evaluation.MajorityShare));
        Assert.Equal("""[{"class":"yes","samples":3,"right":2},{"class":"no","samples":1,"right":1}]""", evaluation.ToJson()["classes"]!.ToJsonString());
    }

    [Fact]
    public void No_samples_have_no_accuracy() => Assert.True(double.IsNaN(new Evaluation([]).Accuracy));

    [Fact]
    public void A_prediction_for_each_sample_is_demanded() =>
        Assert.Throws<InvalidOperationException>(() => new Evaluation([]).Add([1, 2], [1]));
}
