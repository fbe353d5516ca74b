"""A Lightning training; its own clock is a callback."""
import torch
from torch.utils.data import DataLoader

import lightning
from clock import Clock
from pictures import Pictures


class Model(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.net, self.clock = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 7, stride=4), torch.nn.Flatten(), torch.nn.LazyLinear(10)), Clock()
        self.net(torch.zeros(1, 3, 64, 64))

    def training_step(self, batch, number):
        return torch.nn.functional.cross_entropy(self.net(batch[0]), batch[1])

    def on_train_batch_end(self, outputs, batch, number):
        self.clock.step(len(batch[0]))

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.01)


if __name__ == "__main__":
    trainer = lightning.Trainer(max_epochs=1, devices=1, logger=False, enable_checkpointing=False)
    trainer.fit(Model(), DataLoader(Pictures(size=64), batch_size=64, shuffle=True, num_workers=2))
