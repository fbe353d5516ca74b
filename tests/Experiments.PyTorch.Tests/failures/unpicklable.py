"""What a spawned worker cannot be sent: a local class, an open file, a generator; and what a worker cannot send back."""
import sys

from torch.utils.data import DataLoader

from common import Numbers


def local():
    class Local(Numbers):
        pass

    return Local()


def holding(thing):
    dataset = Numbers()
    dataset.thing = thing
    return dataset


if __name__ == "__main__":
    dataset = {"local": local, "file": lambda: holding(open(__file__)), "generator": lambda: holding(one for one in [])}[sys.argv[1]]()
    for _ in DataLoader(dataset, batch_size=8, num_workers=1, multiprocessing_context="spawn"):
        pass
