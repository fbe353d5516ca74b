"""Part of the stand-in for torch."""


class IterableDataset:
    pass
