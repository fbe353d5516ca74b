import pickle

from torch.utils.data import DataLoader

from common import Numbers


class Named(DataLoader):
    def __init__(self, dataset, name, **arguments):
        self.name = name
        super().__init__(dataset, **arguments)


loader = Named(Numbers(), "mine", batch_size=8, shuffle=True, num_workers=1)
print(loader.name, sum(len(x) for x, _ in loader), isinstance(loader, DataLoader), type(loader).__name__)
print(sum(len(x) for x, _ in pickle.loads(pickle.dumps(loader))))
