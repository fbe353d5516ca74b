"""One way to go through batches: loops.py KIND. What the script counts as steps is what should be measured."""
import itertools
import os
import queue
import sys
import threading
import time

import torch
from torch.utils.data import DataLoader, TensorDataset

from learner import learn

KIND = sys.argv[1]
data = TensorDataset(torch.randn(640, 4))
small = TensorDataset(torch.randn(96, 4))
weight = torch.zeros(4, requires_grad=True)


def ahead(loader, most=30):
    """prefetch_generator's way: a thread takes the batches, a queue holds them."""
    ready = queue.Queue(most)

    def fill():
        for batch in loader:
            ready.put(batch)
        ready.put(None)

    threading.Thread(target=fill, daemon=True).start()
    return iter(ready.get, None)


def train(batches, work=0.0, passes=1):
    for (x,) in batches:
        time.sleep(work)
        learn(len(x), passes)


def loader(of=data, size=16, shuffle=True, **more):
    return DataLoader(of, batch_size=size, shuffle=shuffle, **more)


if KIND == "statistics_first":
    mean = sum(x.mean().item() for (x,) in loader(shuffle=False, num_workers=1)) / 40
    train(loader(), 0.001)
elif KIND == "validation_with_gradients":
    train_loader, validation = loader(small), loader(data, 64, shuffle=False)
    for epoch in range(3):
        train(train_loader)
        print("%.0f" % sum(x.numel() for (x,) in validation))
elif KIND == "gradients_first":
    for (x,) in loader(size=64):
        weight.sum().backward()
    train(loader())
elif KIND == "validation_by_gradients":
    train_loader, validation = loader(small), loader(data, 64)
    for epoch in range(3):
        train(train_loader)
        for (x,) in validation:
            torch.autograd.grad(weight.sum(), weight)
elif KIND == "one_validation_batch":
    train_loader, validation = loader(small), loader(small, 96, shuffle=False)
    for epoch in range(3):
        for (x,) in validation:
            x.sum()
        train(train_loader)
elif KIND == "drawn_without_gradients":
    source, drawn = loader(small), []

    def draw():
        with torch.no_grad():
            if not drawn:
                drawn.append(iter(source))
            batch = next(drawn[0], None)
            return batch if batch is not None or not drawn.pop() else draw()

    for step in range(19):
        (x,) = draw()
        learn(len(x))
elif KIND == "gradients_by_call":
    for (x,) in loader():
        weight = (weight - torch.autograd.grad(weight.sum(), weight)[0]).detach().requires_grad_()
elif KIND == "validation_within_a_step":
    validation = loader(data, 64, shuffle=False)
    for step, (x,) in enumerate(loader()):
        if step == 4:
            with torch.no_grad():
                for _ in validation:
                    time.sleep(0.1)
        learn(len(x))
elif KIND == "one_validation_iterator":
    validation = itertools.cycle([0])
    endless = iter(DataLoader(data, 64, sampler=list(range(640)) * 50))
    for step, (x,) in enumerate(loader()):
        learn(len(x))
        if step % 10 == 9:
            with torch.no_grad():
                for _ in range(5):
                    next(endless)
                    time.sleep(0.05)
elif KIND == "list":
    batches = list(loader())
    for epoch in range(3):
        train(batches, 0.002)
elif KIND == "full_batch":
    (x,) = next(iter(loader(small, 96)))
    for step in range(100):
        time.sleep(0.002)
        learn(len(x))
elif KIND == "cycle":
    train(itertools.islice(itertools.cycle(loader()), 120), 0.002)
elif KIND == "thread":
    train(ahead(loader()), 0.005)
elif KIND == "thread_accumulates":
    for step, (x,) in enumerate(ahead(loader())):
        time.sleep(0.002)
        (torch.ones(1, requires_grad=True) * len(x)).sum().backward()
        if step % 4 == 3:
            learn(4 * len(x), 0)
elif KIND == "slow_thread":
    train(ahead(loader(small, 8, collate_fn=lambda items: time.sleep(0.02) or [torch.stack([i[0] for i in items])])))
elif KIND == "one_ahead":
    batches = iter(loader())
    current = next(batches, None)
    while current is not None:
        following = next(batches, None)
        learn(len(current[0]))
        current = following
elif KIND == "ahead_in_epochs":
    train_loader, validation = loader(small), loader(data, 64, shuffle=False)
    for epoch in range(3):
        current, took = None, 0.1
        for following in train_loader:
            if current is not None:
                learn(len(current[0]))
            current = following
        time.sleep(took)
        learn(len(current[0]))
        with torch.no_grad():
            for _ in validation:
                time.sleep(0.1)
elif KIND == "two_batches_a_step":
    batches = iter(loader())
    for first in batches:
        learn(len(first[0]) + len(next(batches)[0]))
elif KIND == "list_with_validation":
    batches = list(loader())
    for epoch in range(3):
        train(batches, 0.002)
        time.sleep(1)
elif KIND == "accumulation":
    for step, (x,) in enumerate(loader()):
        (torch.ones(1, requires_grad=True) * 2).sum().backward()
        learn(len(x), 0) if step % 4 == 3 else None
elif KIND == "adversarial":
    train(loader(), passes=3)
elif KIND == "anew_each_step":
    for step in range(12):
        (x,) = next(iter(loader(small, 8)))
        learn(len(x))
elif KIND == "not_shuffled":
    train(loader(shuffle=False))
elif KIND == "inference":
    with torch.inference_mode() if hasattr(torch, "inference_mode") else torch.no_grad():
        for (x,) in loader(shuffle=False):
            x.sum()
elif KIND == "named":
    def fit(x):
        return len(x)

    for (x,) in loader():
        fit(x)
elif KIND == "two_at_once":
    began = time.perf_counter()
    threads = [threading.Thread(target=train, args=(loader(), 0.01)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("%.6f" % (time.perf_counter() - began))
elif KIND == "endless_thread":
    try:
        train(ahead(itertools.chain.from_iterable(loader() for _ in range(1000))), 0.002)
    finally:
        os.write(1, b"finally ran\n")  # whole, whichever thread writes beside it
elif KIND == "trains_in_a_thread":
    try:
        worker = threading.Thread(target=lambda: [train(loader(), 0.002) for _ in range(1000)])
        worker.start()
        worker.join()
    finally:
        os.write(1, b"finally ran\n")  # whole, whichever thread writes beside it
