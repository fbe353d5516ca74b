"""Part of the stand-in for torch."""
from . import worker  # noqa: F401
