#: rate none
#: workers 0
#: cause EXP3104
"""An array that no machine holds."""
import numpy
import torch
import torch.utils.data

numpy.zeros(1 << 50, dtype="f8")
