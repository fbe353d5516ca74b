#: steps 62
"""Two batches of validation before the first epoch, and a whole validation after each (as trainers do it)."""
import torch
from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows

if __name__ == "__main__":
    training = DataLoader(Rows(320), batch_size=16, shuffle=True, num_workers=2)
    validation, clock, net = DataLoader(Rows(64), batch_size=16, num_workers=1), Clock(), Classifier()

    def validate(batches):
        net.model.eval()
        with torch.inference_mode():
            for number, (x, y) in enumerate(validation):
                if number == batches:
                    break
                net.model(x)
        net.model.train()

    validate(2)
    for epoch in range(4):
        clock.begin()
        for x, y in training:
            net.train(x, y)
            clock.step(len(x))
        clock.end()
        validate(100)
