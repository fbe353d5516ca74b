"""One loop for both phases, as the transfer learning tutorial has it; both loaders shuffle."""
import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    clock, net = Clock(), Classifier()
    loaders = {phase: DataLoader(Rows(length), batch_size=16, shuffle=True) for phase, length in (("train", 160), ("val", 64))}
    for epoch in range(6):
        for phase in loaders:
            if phase == "train":
                clock.begin()
            for x, y in loaders[phase]:
                with torch.set_grad_enabled(phase == "train"):
                    if phase == "train":
                        net.train(x, y)
                        clock.step(len(x))
                    else:
                        net.model(x)
            if phase == "train":
                clock.end()
