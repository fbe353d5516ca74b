#: rate none
#: cause annotations/train.json
#: remedy ls
"""A file of the dataset is not there."""
import json

import torch
from torch.utils.data import DataLoader

with open("annotations/train.json") as file:
    rows = json.load(file)
