"""Samples as long as they are, in float32, padded only to the longest of their batch."""
import numpy
import torch
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import Dataset


class RaggedDataset(Dataset):
    def __init__(self, store, indices):
        self.store, self.indices = store, indices

    def __len__(self):
        return len(self.indices)

    def __getitem__(self, position):
        index = self.indices[position]
        sample = {m: self._read(m, index) for m in self.store.modalities}
        sample["label"] = torch.tensor(self.store.labels[index])
        return sample

    def _read(self, modality, index):
        frames = self.store.sample(modality, index)[: self.store.max_frames[modality]]
        if len(frames) == 0:  # a sample without this modality is one frame of zeros
            return torch.zeros(1, self.store.features[modality])
        return torch.from_numpy(numpy.array(frames))

    def collate(self, samples):
        batch = {"label": torch.stack([sample["label"] for sample in samples])}
        for modality in self.store.modalities:
            frames = [sample[modality] for sample in samples]
            batch[modality] = pad_sequence(frames, batch_first=True)
            batch[modality + "_length"] = torch.tensor([len(f) for f in frames])
        return batch
