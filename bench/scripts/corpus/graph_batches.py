"""A batch is an object without a length: nodes of many graphs in one matrix."""
import torch
from torch.utils.data import DataLoader, Dataset

from own import Clock
from parts import Classifier


class Graphs(Dataset):
    def __len__(self):
        return 2000

    def __getitem__(self, index):
        return torch.rand(3 + index % 9, 32), index % 10


class Batch:
    def __init__(self, graphs):
        self.x = torch.cat([nodes for nodes, _ in graphs])
        self.graph_of = torch.repeat_interleave(torch.arange(len(graphs)), torch.tensor([len(nodes) for nodes, _ in graphs]))
        self.y = torch.tensor([label for _, label in graphs])
        self.num_graphs = len(graphs)


if __name__ == "__main__":
    clock, net = Clock(), Classifier(work=0.02)
    clock.begin()
    for batch in DataLoader(Graphs(), batch_size=12, shuffle=True, collate_fn=Batch, num_workers=2):
        pooled = torch.zeros(batch.num_graphs, 32).index_add_(0, batch.graph_of, batch.x)
        net.train(pooled, batch.y)
        clock.step(batch.num_graphs)
