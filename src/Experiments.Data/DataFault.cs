namespace Experiments.Data;

/// <summary>What can be wrong with a file of a dataset. The numbers are the codes and never change.</summary>
public enum DataFault
{
    /// <summary>The file is missing or cannot be read.</summary>
    Unreadable = 1,

    /// <summary>The file is not a numpy file of a known version.</summary>
    NotNumpy = 2,

    /// <summary>The header of a numpy file is damaged.</summary>
    BadHeader = 3,

    /// <summary>The element type is another one.</summary>
    WrongType = 4,

    /// <summary>The array is in Fortran order.</summary>
    WrongOrder = 5,

    /// <summary>The number of dimensions or a length differs.</summary>
    WrongShape = 6,

    /// <summary>The file is shorter or longer than its header says.</summary>
    WrongSize = 7,

    /// <summary>Offsets do not start at 0, fall, or do not end at the number of frames.</summary>
    BadOffsets = 8,

    /// <summary>A JSON file is malformed, or a key is missing or of another type.</summary>
    BadDescription = 9,

    /// <summary>A format version that this program does not know.</summary>
    UnknownVersion = 10,

    /// <summary>A column of a CSV file is missing, or a line has another number of fields.</summary>
    BadTable = 11,

    /// <summary>A value of a CSV file is not among those allowed.</summary>
    BadValue = 12,

    /// <summary>An image cannot be decoded.</summary>
    BadImage = 13,
}
