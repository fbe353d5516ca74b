"""As many sentences a batch as fit into a number of tokens: each batch has another size."""
import torch
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader, Dataset

from own import Clock


class Sentences(Dataset):
    def __len__(self):
        return 1500

    def __getitem__(self, index):
        return torch.arange(5 + index * 7 % 40) % 50


def by_tokens(limit):
    batch, longest = [], 0
    for index in torch.randperm(1500).tolist():
        longest = max(longest, 5 + index * 7 % 40)
        if batch and longest * (len(batch) + 1) > limit:
            yield batch
            batch, longest = [], 5 + index * 7 % 40
        batch.append(index)
    yield batch


if __name__ == "__main__":
    torch.manual_seed(5)
    embedding = torch.nn.Embedding(50, 8)
    optimizer, clock = torch.optim.Adagrad(embedding.parameters()), Clock()
    loader = DataLoader(Sentences(), batch_sampler=list(by_tokens(400)), collate_fn=lambda batch: pad_sequence(batch, batch_first=False), num_workers=2)
    clock.begin()
    for tokens in loader:
        loss = embedding(tokens).pow(2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(tuple(tokens.shape))
        clock.step(tokens.shape[1])
