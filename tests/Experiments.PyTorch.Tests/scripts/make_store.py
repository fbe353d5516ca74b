"""Makes a small ragged feature store by numpy alone: make_store.py FOLDER SAMPLES [SCALE]"""
import csv
import json
import os
import sys

import numpy

MODALITIES = {"text": (768, 70), "video": (1024, 250), "audio": (768, 520)}
CLASSES = ["agreement", "question", "statement"]

folder, samples = sys.argv[1], int(sys.argv[2])
scale = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
random = numpy.random.default_rng(0)
os.makedirs(folder, exist_ok=True)
labels = random.integers(0, len(CLASSES), samples)
description = {"schemaVersion": 1, "name": "MELD-DA", "samples": samples, "classes": CLASSES, "modalities": {}}
for name, (features, frames) in MODALITIES.items():
    frames = max(2, int(frames * scale))
    lengths = random.integers(0, frames + 1, samples)
    offsets = numpy.concatenate([[0], numpy.cumsum(lengths)]).astype(numpy.int64)
    content = random.standard_normal((offsets[-1], features), dtype=numpy.float32)
    for sample in range(samples):
        content[offsets[sample] : offsets[sample + 1], labels[sample]] += 4.0
    numpy.save(os.path.join(folder, name + ".npy"), content)
    numpy.save(os.path.join(folder, name + "_offsets.npy"), offsets)
    description["modalities"][name] = {"features": features, "max_frames": frames}
with open(os.path.join(folder, "dataset.json"), "w", encoding="utf-8") as file:
    json.dump(description, file)
with open(os.path.join(folder, "samples.csv"), "w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["sample", "split", "label"])
    for sample in range(samples):
        writer.writerow([sample, ("train", "train", "train", "dev", "test")[sample % 5], CLASSES[labels[sample]]])
