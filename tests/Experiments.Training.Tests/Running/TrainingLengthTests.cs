using Experiments.Training.Running;

namespace Experiments.Training.Tests.Running;

public class TrainingLengthTests
{
    [Theory]
    [InlineData(24, 9, false)] // too few steps, however long they took
    [InlineData(25, 2.9, false)] // too short, however many they are
    [InlineData(25, 3, true)]
    [InlineData(900, 2.9, false)]
    public void A_training_ends_at_the_first_step_at_which_both_are_reached(int steps, double seconds, bool isReached) =>
        Assert.Equal(isReached, new TrainingLength(5, 20, 3).IsReached(steps, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_number_of_steps_alone_is_kept_to_exactly()
    {
        Assert.False(new TrainingLength(5, 20).IsReached(24, TimeSpan.FromHours(1)));
        Assert.True(new TrainingLength(5, 20).IsReached(25, TimeSpan.Zero));
    }
}
