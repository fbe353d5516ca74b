from torch.utils.data import DataLoader, Dataset

from common import Numbers


class Nested(Dataset):
    def __len__(self):
        return 8

    def __getitem__(self, index):
        return sum(len(x) for x, _ in DataLoader(Numbers(), batch_size=16))


print([int(x) for x in DataLoader(Nested(), batch_size=2, shuffle=True, num_workers=2) for x in x])
first = DataLoader(Numbers(), batch_size=8, shuffle=True)
second = DataLoader(Numbers(), batch_size=8, shuffle=True)
print(sum(len(a[0]) + len(b[0]) for a, b in zip(first, second)))
