"""The ragged feature store: dataset.json, samples.csv and, for each modality, one flat array of frames and one of offsets."""
import csv
import json
import os

import numpy


class FeatureStore:
    """Opened by memory map: nothing is read before a sample is asked for."""

    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "dataset.json"), encoding="utf-8") as file:
            description = json.load(file)
        self.name = description["name"]
        self.classes = description["classes"]
        self.modalities = list(description["modalities"])
        self.features = {m: description["modalities"][m]["features"] for m in self.modalities}
        self.max_frames = {m: description["modalities"][m]["max_frames"] for m in self.modalities}
        self.frames = {m: self._array(m + ".npy") for m in self.modalities}
        self.offsets = {m: numpy.asarray(self._array(m + "_offsets.npy")) for m in self.modalities}
        index_of = {label: index for index, label in enumerate(self.classes)}
        with open(os.path.join(folder, "samples.csv"), encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.splits = numpy.array([row["split"] for row in rows])
        self.labels = numpy.array([index_of[row["label"]] for row in rows], dtype=numpy.int64)

    def of_split(self, split):
        """The numbers of the samples of a split."""
        return numpy.flatnonzero(self.splits == split)

    def sample(self, modality, index):
        """The frames of one sample: (frames, features), float32."""
        offsets = self.offsets[modality]
        return self.frames[modality][offsets[index] : offsets[index + 1]]

    def _array(self, name):
        return numpy.load(os.path.join(self.folder, name), mmap_mode="r")


def find_store(data_path, dataset):
    """The store at data_path itself, or in a folder of it named like the dataset."""
    candidates = [data_path, os.path.join(data_path, dataset), os.path.join(data_path, dataset.lower())]
    for folder in candidates:
        if os.path.exists(os.path.join(folder, "dataset.json")):
            return FeatureStore(folder)
    raise FileNotFoundError(2, "No such file or directory", os.path.join(candidates[-1], "dataset.json"))
