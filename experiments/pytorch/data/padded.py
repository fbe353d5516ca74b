"""Every sample padded to the dataset's longest, in float64: simple, and the most memory that the data can take."""
import numpy
import torch
from torch.utils.data import Dataset


class PaddedDataset(Dataset):
    collate = None

    def __init__(self, store, indices):
        self.store, self.indices = store, indices

    def __len__(self):
        return len(self.indices)

    def __getitem__(self, position):
        index = self.indices[position]
        sample = {"label": torch.tensor(self.store.labels[index])}
        for modality in self.store.modalities:
            sample[modality], sample[modality + "_length"] = self._pad(modality, self.store.sample(modality, index))
        return sample

    def _pad(self, modality, frames):
        frames = frames[: self.store.max_frames[modality]]
        padded = numpy.zeros((self.store.max_frames[modality], self.store.features[modality]))
        padded[: len(frames)] = frames
        return torch.tensor(padded), len(frames)
