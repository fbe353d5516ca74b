#: rate own or none
#: cause -|HDF5|h5py
#: remedy -|open|__getitem__|worker
#: needs h5py
"""The file is opened before the workers are forked: their reads disturb each other."""
import h5py
import numpy
import torch
from torch.utils.data import DataLoader, Dataset

from own import Clock


class Stored(Dataset):
    def __init__(self):
        self.rows = h5py.File("rows.h5", "r")["rows"]

    def __len__(self):
        return 2000

    def __getitem__(self, index):
        return torch.from_numpy(self.rows[index]), index % 10


if __name__ == "__main__":
    with h5py.File("rows.h5", "w") as file:
        file.create_dataset("rows", data=numpy.random.rand(2000, 2048).astype("f4"), chunks=(1, 2048), compression="gzip")
    model, clock = torch.nn.Linear(2048, 10), Clock()
    optimizer = torch.optim.SGD(model.parameters(), 0.01)
    clock.begin()
    for x, y in DataLoader(Stored(), batch_size=16, shuffle=True, num_workers=2):
        loss = torch.nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        clock.step(len(x))
