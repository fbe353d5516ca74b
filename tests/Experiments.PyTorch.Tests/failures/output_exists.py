import os
import tempfile

import torch.utils.data

folder = os.path.join(tempfile.mkdtemp(), "runs", "exp1")
os.makedirs(folder)
os.makedirs(folder)
