#: steps 80
"""A trainer takes all batches of an accumulation step first, then trains on them."""
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    batches, clock, net = iter(DataLoader(Rows(), batch_size=8, shuffle=True, num_workers=2)), Clock(), Classifier(work=0)
    clock.begin()
    for update in range(40):
        taken = [next(batches) for _ in range(4)]
        for x, y in taken:
            net.model(x).sum().div(4).backward()
        net.train(*taken[-1])
        clock.step(sum(len(x) for x, _ in taken))
