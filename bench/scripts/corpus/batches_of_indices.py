"""The sampler yields lists of indices and batch_size is None: the dataset fetches the rows together."""
import torch
from torch.utils.data import BatchSampler, DataLoader, Dataset, RandomSampler

from own import Clock
from parts import Classifier


class Columns(Dataset):
    def __init__(self):
        self.x, self.y = torch.rand(4000, 32), torch.randint(0, 10, (4000,))

    def __len__(self):
        return 4000

    def __getitem__(self, indices):
        return {"x": self.x[indices], "y": self.y[indices]}


if __name__ == "__main__":
    data, clock, net = Columns(), Clock(), Classifier(work=0.02)
    clock.begin()
    for batch in DataLoader(data, batch_size=None, sampler=BatchSampler(RandomSampler(data), 40, False), num_workers=2):
        net.train(batch["x"], batch["y"])
        clock.step(len(batch["y"]))
