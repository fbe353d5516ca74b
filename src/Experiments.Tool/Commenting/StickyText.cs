namespace Experiments.Tool.Commenting;

/// <summary>Posts a text, or edits the one that is there: never two.</summary>
internal static class StickyText
{
    private const int MostAttempts = 3;

    /// <summary>Posts or edits.</summary>
    /// <param name="place">Where.</param>
    /// <param name="text">What.</param>
    /// <param name="onlyWhereThere">Whether nothing is posted where none is there to be edited.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was done, for people.</returns>
    /// <exception cref="CommentFault">The service refuses it, or does not answer.</exception>
    public static async Task<string> PutAsync(ICommentPlace place, DraftText text, bool onlyWhereThere, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var there = await place.FindAsync(text.Marker, cancellationToken).ConfigureAwait(false);
            if (there?.Body.ReplaceLineEndings("\n").TrimEnd() == text.Body.TrimEnd())
                return $"unchanged: {there.Address}";
            if (there is null && onlyWhereThere)
                return "none is open";
            try
            {
                return there is null
                    ? $"posted: {await place.CreateAsync(text, cancellationToken).ConfigureAwait(false)}"
                    : $"edited: {await place.EditAsync(there.Id, text, cancellationToken).ConfigureAwait(false)}";
            }
            catch (CommentFault fault) when (fault.IsWorthLookingAgain && attempt < MostAttempts)
            {
                // It may have been written all the same, or deleted meanwhile: what is there now decides.
            }
        }
    }
}
