"""A gated fusion of modalities."""
import torch
from torch import nn


class GatedFusion(nn.Module):
    """Each modality's mean over its real frames, projected, weighed by a learned gate, summed and classified."""

    def __init__(self, features, hidden_size, classes):
        super().__init__()
        self.modalities = list(features)
        self.project = nn.ModuleDict({m: nn.Linear(features[m], hidden_size) for m in self.modalities})
        self.gate = nn.ModuleDict({m: nn.Linear(hidden_size, 1) for m in self.modalities})
        self.classify = nn.Sequential(nn.Dropout(0.1), nn.Linear(hidden_size, classes))

    def forward(self, batch):
        hidden = [torch.relu(self.project[m](masked_mean(batch[m], batch[m + "_length"]))) for m in self.modalities]
        gates = torch.softmax(torch.cat([self.gate[m](h) for m, h in zip(self.modalities, hidden)], dim=1), dim=1)
        return self.classify(sum(gates[:, i : i + 1] * h for i, h in enumerate(hidden)))


def masked_mean(frames, lengths):
    """(batch, frames, features) and the real frames of each: (batch, features)."""
    mask = torch.arange(frames.shape[1], device=frames.device)[None, :] < lengths[:, None]
    return (frames * mask[:, :, None]).sum(dim=1) / lengths.clamp(min=1)[:, None]
