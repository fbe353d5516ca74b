"""How many samples a batch holds. Used by `experiments_probe` and `experiments_recorder`.

The truth is where the indices are drawn: what the sampler handed out for this batch, kept by the batch's position in order,
since workers load ahead. For an IterableDataset it is what the fetcher pulled: as many as asked for, but for the last of each
worker, which the worker writes to a file beside the events (`.short`): rare, and in nobody's way. Only where neither tells
(`batch_size=None`: the dataset makes whole batches itself) the batch's shape is looked at, and the record says so.
"""
import multiprocessing
import os
import sys
import time
from collections import Counter

_SIZES = "_experiments_sizes"
_NO_POSITION = -1


def keep(iterator, index):
    """Notes how many samples an index stands for that the iterator has just drawn."""
    state = iterator.__dict__
    sizes = state.get(_SIZES)
    if sizes is None:
        sizes = state[_SIZES] = {}
    if type(index) is list and index and type(index[0]) is int:  # as a rule
        sizes[state.get("_send_idx", _NO_POSITION)] = len(index)
    else:
        sizes[state.get("_send_idx", _NO_POSITION)] = drawn(index, state.get("_auto_collation", True))


def take(iterator):
    """(samples, positions) of the batch that the iterator has just handed out; None where the index did not tell."""
    state = iterator.__dict__
    sizes = state.get(_SIZES)
    if not sizes:
        return None, ()
    waiting = state.get("_task_info")
    if waiting is None:
        return sizes.get(_NO_POSITION), ()
    if state.get("_in_order", True):
        position = state["_rcvd_idx"] - 1
        return sizes.pop(position, None), (position,)
    sent = state["_send_idx"]
    gone = [position for position in sizes if position < sent and position not in waiting]
    taken = [sizes.pop(position) for position in gone]
    return (taken[0] if taken else None), gone


def drawn(index, is_batch):
    """Samples that an index stands for; None where it, or each part of it, may be one sample or a whole batch."""
    if is_batch:
        try:
            count = len(index)
            return None if _is_batch(next(iter(index), None)) else count
        except TypeError:
            return None
    if isinstance(index, (list, range)):
        return len(index)
    if isinstance(index, slice) and isinstance(index.stop, int):
        return len(range(index.start or 0, index.stop, index.step or 1))
    shape = getattr(index, "shape", ())
    return int(shape[0]) if len(shape) == 1 else None


def _is_batch(part):
    return isinstance(part, (list, range, slice)) or len(getattr(part, "shape", ())) > 0


class _Asked(list):
    """The places of a batch to fill; counts how many of them were looked at."""

    looked = 0

    def __iter__(self):
        for place in list.__iter__(self):
            self.looked += 1
            yield place


def counting_fetch(original, log):
    """`_IterableDatasetFetcher.fetch`, which notes what it pulled for a batch that the dataset's end cut short."""

    def fetch(self, possibly_batched_index):
        if not self.auto_collation:
            return original(self, possibly_batched_index)
        begun = self.__dict__.setdefault("_experiments_begun", time.perf_counter())
        asked = _Asked(possibly_batched_index)
        data = original(self, asked)
        if self.ended:
            self._experiments_pulled = asked.looked - 1  # the last look found nothing
            worker = sys._getframe(1)
            if worker.f_code.co_name == "_worker_loop" and log:
                _tell(log, worker.f_locals.get("idx"), self._experiments_pulled, begun)
        return data

    return fetch


def _tell(log, position, pulled, begun):
    parent = multiprocessing.parent_process()
    if parent is None or position is None:
        return
    try:
        descriptor = os.open("%s%d" % (log, parent.pid), os.O_WRONLY | os.O_APPEND)
        try:
            os.write(descriptor, b"%d %d %d %.9f\n" % (os.getpid(), position, pulled, begun))
        finally:
            os.close(descriptor)
    except OSError:
        pass  # the batch counts as a whole one


class ShortBatches:
    """What workers wrote of batches that the end of an IterableDataset cut short."""

    def __init__(self, log):
        self.path, self.descriptor, self.position, self.known = "%s%d" % (log, os.getpid()), None, 0, {}

    def open(self):
        """Makes the file; before the workers start, since they only add to it."""
        if self.descriptor is None:
            try:
                self.descriptor = os.open(self.path, os.O_RDONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0), 0o644)
            except OSError:
                self.descriptor = -1

    def pulled(self, workers, positions, since):
        """Samples of a batch that one of these workers cut short in the epoch begun at `since`; None for a whole one."""
        if self.descriptor is None or self.descriptor < 0:
            return None
        text = os.pread(self.descriptor, 65536, self.position)
        if text:
            text = text[: text.rfind(b"\n") + 1]
            self.position += len(text)
            for line in text.splitlines():
                pid, position, pulled, begun = line.split()
                self.known[int(pid), int(position)] = int(pulled), float(begun)
        if self.known:
            for worker in workers:
                for position in positions:
                    pulled, begun = self.known.get((worker.pid, position), (None, 0.0))
                    if pulled is not None and begun > since:
                        return pulled
        return None

    def close(self):
        if self.descriptor is not None and self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = None
            try:
                os.unlink(self.path)
            except OSError:
                pass


def guess(data):
    """(samples, how they were guessed) by the look of a batch; (None, why) where that does not tell."""
    for name in ("num_graphs", "batch_size"):  # graphs of torch_geometric and DGL, a TensorDict
        value = getattr(data, name, None)
        value = value[0] if isinstance(value, (tuple, list)) and value else value
        if isinstance(value, int) and value > 0:
            return value, "its %s is %d" % (name, value)
    items = _samples_in_a_list(data)
    if items:
        return items, "a list of %d" % items
    shapes = []
    _shapes(data, shapes, 0)
    leading = Counter(shape[0] for shape in shapes if shape[0] > 0)
    if not leading:
        return None, "a batch of %s has no dimension" % type(data).__name__
    # A time-first tensor has the samples second, where its labels have them first.
    second = Counter(shape[1] for shape in shapes if len(shape) > 1)
    best = max(leading, key=lambda size: leading[size] + 0.75 * second[size])
    return best, "%d of its %d parts have %d first" % (leading[best], len(shapes), best)


def _samples_in_a_list(data):
    """The length of a list that holds a record or a tensor for each sample; 0 where it is something else."""
    if not isinstance(data, list) or len(data) < 2:
        return 0
    if all(hasattr(item, "keys") for item in data):
        return len(data)
    ranks = {len(getattr(item, "shape", ())) for item in data}
    return len(data) if len(data) > 4 and len(ranks) == 1 and ranks.pop() > 1 else 0


def _shapes(data, found, depth):
    if type(data).__name__ == "PackedSequence":
        found.append((int(data.batch_sizes[0]),))
        return
    shape = getattr(data, "shape", None)
    if shape is not None:
        if len(shape):
            found.append(tuple(int(size) for size in shape[:2]))
        return
    if depth > 4 or isinstance(data, (str, bytes)):
        return
    if isinstance(data, (list, tuple)):
        if data and isinstance(data[0], (str, bytes, int, float)):
            found.append((len(data),))
            return
        for value in data[:64]:
            _shapes(value, found, depth + 1)
        return
    try:  # dict, and mappings of other libraries
        for value in list(data.values())[:64]:
            _shapes(value, found, depth + 1)
    except Exception:
        pass
