"""Training and evaluation."""
import logging

import torch
from torch import nn

from methods.fusion import GatedFusion

logger = logging.getLogger(__name__)


class Manager:
    def __init__(self, args, loaders, store):
        self.args, self.loaders = args, loaders
        self.model = GatedFusion(store.features, args.hidden_size, len(store.classes)).to(args.device)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=args.lr)
        self.criterion = nn.CrossEntropyLoss()

    def train(self):
        for epoch in range(self.args.num_train_epochs):
            self.model.train()
            total = 0.0
            for batch in self.loaders["train"]:
                batch = self._to_device(batch)
                loss = self.criterion(self.model(batch), batch["label"])
                self.optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(self.model.parameters(), self.args.grad_clip)
                self.optimizer.step()
                total += loss.item()
            loss, accuracy = self.evaluate("dev")
            logger.info("epoch %d train loss %.4f dev loss %.4f accuracy %.4f",
                        epoch, total / max(1, len(self.loaders["train"])), loss, accuracy)

    @torch.no_grad()
    def evaluate(self, split):
        self.model.eval()
        loss, right, seen = 0.0, 0, 0
        for batch in self.loaders[split]:
            batch = self._to_device(batch)
            scores = self.model(batch)
            loss += self.criterion(scores, batch["label"]).item() * len(scores)
            right += (scores.argmax(dim=1) == batch["label"]).sum().item()
            seen += len(scores)
        return loss / max(1, seen), right / max(1, seen)

    def _to_device(self, batch):
        batch = {name: value.to(self.args.device, non_blocking=True) for name, value in batch.items()}
        return {name: value.float() if value.is_floating_point() else value for name, value in batch.items()}
