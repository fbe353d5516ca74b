#: prints exit handler ran
"""A thread takes batches ahead; what the script has to finish is in a finally block and an exit handler."""
import atexit
import queue
import threading

from torch.utils.data import DataLoader

from own import Clock
from parts import Classifier, Rows


def ahead(loader, depth=20):
    waiting = queue.Queue(depth)

    def fill():
        for batch in loader:
            waiting.put(batch)
        waiting.put(None)

    threading.Thread(target=fill, daemon=True).start()
    while True:
        batch = waiting.get()
        if batch is None:
            return
        yield batch


if __name__ == "__main__":
    atexit.register(print, "exit handler ran")
    clock, net = Clock(), Classifier(work=0.03)
    try:
        clock.begin()
        for x, y in ahead(DataLoader(Rows(2000, seconds=0.0002), batch_size=12, shuffle=True)):
            net.train(x, y)
            clock.step(len(x))
    finally:
        print("finally ran")
