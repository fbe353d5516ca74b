"""Two loaders in one step, the shorter one cycled (a combined loader, as trainers have it)."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


def cycled(loader):
    while True:
        yield from loader


class Combined:
    def __init__(self, loaders):
        self.loaders = loaders

    def __iter__(self):
        longest = max(self.loaders.values(), key=len)
        parts = {name: iter(loader) if loader is longest else cycled(loader) for name, loader in self.loaders.items()}
        for _ in range(len(longest)):
            yield {name: next(part) for name, part in parts.items()}


if __name__ == "__main__":
    both = Combined({"a": DataLoader(Rows(800), batch_size=8, shuffle=True), "b": DataLoader(Rows(64), batch_size=4, shuffle=True)})
    clock, net = Clock(), Classifier()
    clock.begin()
    for batch in both:
        for x, y in batch.values():
            net.model(x).sum().backward()
        net.train(*batch["a"])
        clock.step(12)
