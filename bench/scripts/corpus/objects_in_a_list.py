#: steps 500
#: warns EXP3154
#: remedy array|tensor|serial
"""A long list of Python objects in the dataset."""
import torch
from torch.utils.data import DataLoader, Dataset

from own import Clock


class Annotations(Dataset):
    def __init__(self):
        self.rows = [{"file": "picture %d" % index, "box": [index, index + 0.5, index + 1.5]} for index in range(350000)]

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        return torch.tensor(self.rows[index]["box"])


if __name__ == "__main__":
    model, clock = torch.nn.Linear(3, 1), Clock()
    optimizer = torch.optim.SGD(model.parameters(), 1e-9)
    clock.begin()
    for box in DataLoader(Annotations(), batch_size=500, shuffle=True, num_workers=2):
        optimizer.zero_grad()
        model(box).mean().backward()
        optimizer.step()
        clock.step(len(box))
