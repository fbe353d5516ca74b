"""Learns to tell two pitches apart in noise: python3 train.py --num_workers 2

An ordinary training script. It knows nothing of the sweeps that measure it.
"""
import argparse

import numpy
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

RATE = 16000
PITCHES = (220.0, 330.0)


class Pitches(Dataset):
    """A second of noise with a tone in it; what is loaded is their spectrogram, computed as a decoder would compute it."""

    def __init__(self, samples):
        self.samples = samples

    def __len__(self):
        return self.samples

    def __getitem__(self, index):
        source = numpy.random.default_rng(index)
        label = index % len(PITCHES)
        time = numpy.arange(RATE) / RATE
        wave = numpy.sin(2 * numpy.pi * PITCHES[label] * time) + source.normal(scale=4.0, size=time.size)
        frames = numpy.lib.stride_tricks.sliding_window_view(wave, 512)[::128] * numpy.hanning(512)
        spectrogram = numpy.log1p(numpy.abs(numpy.fft.rfft(frames)))
        return torch.from_numpy(spectrogram.astype(numpy.float32)), label


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--num_workers", type=int, default=0)
    parser.add_argument("--batch_size", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=2)
    options = parser.parse_args()

    torch.manual_seed(0)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    loader = DataLoader(Pitches(4096), batch_size=options.batch_size, shuffle=True, num_workers=options.num_workers, pin_memory=device.type == "cuda")
    model = nn.Sequential(nn.Linear(257, 64), nn.ReLU(), nn.Linear(64, len(PITCHES))).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for epoch in range(options.epochs):
        for spectrograms, labels in loader:
            logits = model(spectrograms.to(device, non_blocking=True)).mean(dim=1)
            loss = nn.functional.cross_entropy(logits, labels.to(device, non_blocking=True))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print("epoch %d: loss %.3f" % (epoch, loss.item()))


if __name__ == "__main__":
    main()
