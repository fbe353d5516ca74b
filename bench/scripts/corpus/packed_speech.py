"""Utterances in buckets of equal length, packed."""
import torch
from torch.nn.utils.rnn import pack_sequence
from torch.utils.data import DataLoader, Dataset

from own import Clock


class Speech(Dataset):
    def __len__(self):
        return 900

    def __getitem__(self, index):
        return torch.rand(30 + index % 40, 8), index % 4


def collate(samples):
    samples.sort(key=lambda sample: -len(sample[0]))
    return pack_sequence([frames for frames, _ in samples]), torch.tensor([label for _, label in samples])


if __name__ == "__main__":
    order = torch.randperm(900).tolist()
    buckets = [order[first : first + 6] for first in range(0, 900, 6)]
    gru, head, clock = torch.nn.GRU(8, 12), torch.nn.Linear(12, 4), Clock()
    optimizer = torch.optim.Adam([*gru.parameters(), *head.parameters()])
    clock.begin()
    for packed, labels in DataLoader(Speech(), batch_sampler=buckets, collate_fn=collate, num_workers=2):
        _, last = gru(packed)
        loss = torch.nn.functional.cross_entropy(head(last[0]), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        clock.step(len(labels))
