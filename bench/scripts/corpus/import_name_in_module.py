#: rate none
#: cause cannot import name
#: never pip install
"""A name that the installed version does not have."""
from torch.utils.data import DataLoaderV2
