"""Logistic regression in plain Python, with loader processes. It tells each step to the file named by EXPERIMENTS_EVENTS."""
import argparse
import json
import math
import multiprocessing
import os
import random
import time

FEATURES = 32


def load_batch(seed, size):
    """Stands for reading and decoding: samples whose label follows from their features."""
    source = random.Random(seed)
    batch = []
    for _ in range(size):
        features = [source.gauss(0, 1) for _ in range(FEATURES)]
        batch.append((features, 1.0 if sum(features[:4]) > 0 else 0.0))
    return batch


def worker(seeds, batches, size):
    for seed in iter(seeds.get, None):
        batches.put(load_batch(seed, size))


def loader(count, size, workers):
    """Batches, loaded here (no workers) or ahead by processes that hold two each."""
    if workers == 0:
        for seed in range(count):
            yield load_batch(seed, size)
        return
    seeds, batches = multiprocessing.Queue(), multiprocessing.Queue(maxsize=2 * workers)
    for seed in list(range(count)) + [None] * workers:
        seeds.put(seed)
    processes = [multiprocessing.Process(target=worker, args=(seeds, batches, size), daemon=True) for _ in range(workers)]
    for process in processes:
        process.start()
    for _ in range(count):
        yield batches.get()
    for process in processes:
        process.join()


def train_step(weights, batch, rate=0.1):
    loss = 0.0
    gradient = [0.0] * FEATURES
    for features, label in batch:
        logit = sum(w * f for w, f in zip(weights, features))
        probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
        loss -= math.log(max(probability if label else 1 - probability, 1e-12))
        for i, feature in enumerate(features):
            gradient[i] += (probability - label) * feature
    for i in range(FEATURES):
        weights[i] -= rate * gradient[i] / len(batch)
    return loss / len(batch)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--num_workers", type=int, default=0)
    parser.add_argument("--batch_size", type=int, default=64)
    options = parser.parse_args()
    steps = int(os.environ.get("EXPERIMENTS_STEPS", 30)) + int(os.environ.get("EXPERIMENTS_WARMUP_STEPS", 0))
    weights = [0.0] * FEATURES
    with open(os.environ.get("EXPERIMENTS_EVENTS", os.devnull), "a", encoding="utf-8") as events:
        begin = time.monotonic()
        for step, batch in enumerate(loader(steps, options.batch_size, options.num_workers), start=1):
            loaded = time.monotonic()
            loss = train_step(weights, batch)
            end = time.monotonic()
            events.write(json.dumps({"type": "step", "step": step, "samples": len(batch), "wait_s": loaded - begin, "step_s": end - begin}) + "\n")
            events.write(json.dumps({"type": "metric", "name": "train/loss", "value": loss, "step": step}) + "\n")
            events.flush()
            begin = end
    print(f"val error: {loss:.3f}")


if __name__ == "__main__":
    main()
