namespace Experiments.Data.Collation;

internal enum FieldRole
{
    Data,
    Lengths,
    Mask,
}
