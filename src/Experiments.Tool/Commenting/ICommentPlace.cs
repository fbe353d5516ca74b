namespace Experiments.Tool.Commenting;

/// <summary>Where texts are posted: the comments of one pull request, or the issues of a project.</summary>
internal interface ICommentPlace
{
    /// <summary>What people call it: <c>pull request 12 of owner/name</c>.</summary>
    string Name { get; }

    /// <summary>The text of ours that begins with the marker, the oldest of several; null where there is none.</summary>
    /// <param name="marker">The first line.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="CommentFault">The service refuses it, or does not answer.</exception>
    Task<PostedText?> FindAsync(string marker, CancellationToken cancellationToken);

    /// <summary>Posts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The address of its page.</returns>
    /// <exception cref="CommentFault">The service refuses it, or does not answer.</exception>
    Task<string> CreateAsync(DraftText text, CancellationToken cancellationToken);

    /// <summary>Puts a text in the place of one that is there.</summary>
    /// <param name="id">The one that is there.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The address of its page.</returns>
    /// <exception cref="CommentFault">The service refuses it, or does not answer.</exception>
    Task<string> EditAsync(long id, DraftText text, CancellationToken cancellationToken);
}
