#: limit nofile 256
#: rate none
#: steps 2000
#: cause EXP3108
#: remedy ulimit -n|file_system|clone
"""Something of each batch is kept; each kept tensor holds a descriptor."""
import torch
from torch.utils.data import DataLoader, Dataset


class Parts(Dataset):
    def __len__(self):
        return 60000

    def __getitem__(self, index):
        return {"a": torch.zeros(2), "b": index, "c": torch.ones(2)}


if __name__ == "__main__":
    kept, weight = [], torch.zeros(2, requires_grad=True)
    for batch in DataLoader(Parts(), batch_size=4, shuffle=True, num_workers=2):
        (batch["a"] * weight).sum().backward()
        kept.append(batch["c"])
        kept.append(batch["b"])
