import torch.utils.data

from .common import Numbers
