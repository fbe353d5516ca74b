#: workers 0
"""Windows of one long text."""
import torch
from torch.utils.data import DataLoader, Dataset

from own import Clock


class Windows(Dataset):
    def __init__(self, text, size):
        self.codes, self.size = torch.tensor([ord(letter) % 40 for letter in text]), size

    def __len__(self):
        return len(self.codes) - self.size - 1

    def __getitem__(self, index):
        return self.codes[index : index + self.size], self.codes[index + 1 : index + self.size + 1]


if __name__ == "__main__":
    torch.manual_seed(4)
    embedding, lstm, head, clock = torch.nn.Embedding(40, 16), torch.nn.LSTM(16, 24, batch_first=True), torch.nn.Linear(24, 40), Clock()
    optimizer = torch.optim.AdamW([*embedding.parameters(), *lstm.parameters(), *head.parameters()], 0.002)
    clock.begin()
    for x, y in DataLoader(Windows("all happy families are alike " * 60, 32), batch_size=24, shuffle=True):
        loss = torch.nn.functional.cross_entropy(head(lstm(embedding(x))[0]).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(lstm.parameters(), 1.0)
        optimizer.step()
        print("%.4f" % loss.item())
        clock.step(len(x))
