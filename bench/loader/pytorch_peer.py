"""PyTorch's DataLoader as a peer: one scenario in a process of its own; reports one line of JSON.

usage: pytorch_peer.py SCENARIO WORKERS SAMPLES EPOCHS BATCH COMPUTE_MS DATA
The datasets are written as PyTorch's users write them well: torch.from_numpy on rows of arrays, no copies of their own.
"""
import json
import os
import random
import sys
import time

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

SCENARIO, DATA = sys.argv[1], sys.argv[7]
WORKERS, SAMPLES, EPOCHS, BATCH, COMPUTE_MS = map(int, sys.argv[2:7])
NAME, MAPPED = SCENARIO.split("-")[0], SCENARIO.endswith("-mmap")


def load(name, mapped=MAPPED):
    return np.load(f"{DATA}/{NAME}/{name}.npy", mmap_mode="r" if mapped else None)


class Padded(Dataset):
    def __init__(self):
        self.video, self.audio, self.text = load("video"), load("audio"), load("text")
        self.video_lengths, self.audio_lengths, self.label = load("video_lengths"), load("audio_lengths"), load("label")

    def __len__(self):
        return SAMPLES

    def __getitem__(self, i):
        i %= len(self.video)
        return {"text": torch.from_numpy(self.text[i]), "video": torch.from_numpy(self.video[i]), "audio": torch.from_numpy(self.audio[i]),
                "video_lengths": int(self.video_lengths[i]), "audio_lengths": int(self.audio_lengths[i]), "label": int(self.label[i])}


class Ragged(Dataset):
    """Frames as they are on disk, padded to the maximum as the users' repository does it."""

    def __init__(self):
        self.video, self.audio = load("video", True), load("audio", True)
        self.video_at, self.audio_at = load("video_offsets", False), load("audio_offsets", False)

    def __len__(self):
        return SAMPLES

    @staticmethod
    def pad(frames, maximum):
        padded = torch.zeros(maximum, frames.shape[1])
        padded[:len(frames)] = torch.from_numpy(frames)
        return padded

    def __getitem__(self, i):
        i %= len(self.video_at) - 1
        video = self.video[self.video_at[i]:self.video_at[i + 1]]
        audio = self.audio[self.audio_at[i]:self.audio_at[i + 1]]
        return {"video": self.pad(video, 230), "video_lengths": len(video), "audio": self.pad(audio, 480), "audio_lengths": len(audio), "label": i % 20}


class Small(Dataset):
    def __init__(self):
        self.features, self.label = load("features"), load("label")

    def __len__(self):
        return SAMPLES

    def __getitem__(self, i):
        i %= len(self.features)
        return torch.from_numpy(self.features[i]), int(self.label[i])


class Jpeg(Dataset):
    """Random crop of the picture to 224 x 224 (scale 0.08 to 1), flip, normalise: torchvision's reference pipeline for ImageNet."""

    def __init__(self):
        import torchvision.transforms as transforms
        self.files = sorted(os.listdir(f"{DATA}/jpeg"))
        steps = [transforms.RandomResizedCrop(224), transforms.RandomHorizontalFlip()]
        normalise = transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
        if SCENARIO == "jpeg-pillow":
            self.transform = transforms.Compose([*steps, transforms.ToTensor(), normalise])
        else:
            self.transform = transforms.Compose([*steps, transforms.ConvertImageDtype(torch.float32), normalise])

    def __len__(self):
        return SAMPLES

    def __getitem__(self, i):
        i %= len(self.files)
        path = f"{DATA}/jpeg/{self.files[i]}"
        if SCENARIO == "jpeg-pillow":
            from PIL import Image
            with open(path, "rb") as file:
                return self.transform(Image.open(file).convert("RGB")), i % 1000
        import torchvision.io
        return self.transform(torchvision.io.read_image(path)), i % 1000


def compute(milliseconds):
    end = time.perf_counter() + milliseconds / 1e3
    while time.perf_counter() < end:
        pass


def main():
    random.seed(1)
    torch.manual_seed(1)
    if NAME == "jpeg" and WORKERS == 0:
        torch.set_num_threads(1)
    dataset = {"padded": Padded, "full": Padded, "ragged": Ragged, "small": Small, "jpeg": Jpeg}[NAME]()
    loader = DataLoader(dataset, batch_size=BATCH, shuffle=True, num_workers=WORKERS)
    epochs, waits, first, size = [], [], None, 0
    for _ in range(EPOCHS):
        start = time.perf_counter()
        wait = 0.0
        asked = start
        for batch in loader:
            came = time.perf_counter()
            wait += came - asked
            if first is None:
                first = came - start
            tensors = batch.values() if isinstance(batch, dict) else batch
            size = max(size, sum(tensor.numel() * tensor.element_size() for tensor in tensors))
            compute(COMPUTE_MS)
            asked = time.perf_counter()
        epochs.append(time.perf_counter() - start)
        waits.append(wait)
    print(json.dumps({"epoch_s": epochs, "first_batch_ms": first * 1e3, "samples": SAMPLES, "batch_bytes": size, "wait_s": waits}))


main()
