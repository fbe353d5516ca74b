"""Workers whose private memory grows and replicates nothing: pages of a mapped file, buffers that they keep, and what the
training gives back while they hold on to it. The labels are Python objects, which they do copy, but those are few."""
import os
import tempfile
import time

import numpy
import torch
from torch.utils.data import DataLoader, Dataset

path = os.path.join(tempfile.mkdtemp(), "features.npy")
numpy.save(path, numpy.ones((512, 65536), dtype=numpy.float32))  # 128 MiB


class Mapped(Dataset):
    def __init__(self):
        self.features = numpy.load(path, mmap_mode="r")
        self.labels = [str(index) for index in range(20_000)]
        self.kept = []

    def __len__(self):
        return 2048

    def __getitem__(self, index):
        self.kept.append(numpy.ones(8192))
        for label in self.labels[index * 8 : index * 8 + 8]:
            label.upper()
        return torch.tensor([float(self.features[index % 512].sum()), float(self.labels[index])])


given_back = [bytes(4096) for _ in range(25_000)]
for step, _ in enumerate(DataLoader(Mapped(), batch_size=8, shuffle=True, num_workers=1)):
    if step == 2:
        given_back = None
    time.sleep(0.02)
os.remove(path)
