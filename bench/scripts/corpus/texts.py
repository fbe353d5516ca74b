"""Texts stay strings until the training tokenizes them."""
import torch
from torch.utils.data import DataLoader, Dataset

from own import Clock
from parts import Classifier


class Sentences(Dataset):
    def __len__(self):
        return 2000

    def __getitem__(self, index):
        return {"text": "sentence number %d" % index, "label": index % 10}


def tokenize(texts):
    return torch.tensor([[ord(letter) % 32 for letter in text.ljust(32)[:32]] for text in texts]) / 32.0


if __name__ == "__main__":
    clock, net = Clock(), Classifier(work=0.02)
    clock.begin()
    for batch in DataLoader(Sentences(), batch_size=14, shuffle=True, num_workers=2):
        net.train(tokenize(batch["text"]), batch["label"])
        clock.step(len(batch["text"]))
