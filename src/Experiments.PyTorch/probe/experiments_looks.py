"""Looks at the processes of a training and at what its batches take. Used by `experiments_recorder`."""
import time

from experiments_events import cuda_peaks, private_bytes, process_times, reaped_children_times

_clock = time.perf_counter
_WEIGHED_BATCHES = 16


class Looks:
    """What workers hold for themselves, page faults, time in the kernel: after the first step, then ever more rarely.

    Some milliseconds a worker go by. They count as the step's, since workers load on meanwhile: to leave them out would
    make a loader-bound training look faster than it is.
    """

    def __init__(self):
        self.due, self.gap = 0.0, 1.0
        self.batch_bytes, self.to_weigh = 0, _WEIGHED_BATCHES  # the largest of the first batches
        self.worker_bytes = []  # what workers held for themselves, by each look at each of them
        self.prefetch = self.epoch_batches = None

    def weigh(self, data):
        self.to_weigh -= 1
        self.batch_bytes = max(self.batch_bytes, _bytes(data))

    def look(self, events, step, epoch):
        """Writes what the processes of an epoch's loader have used."""
        iterator = epoch.iterator()
        workers = getattr(iterator, "_workers", ())
        pids = [worker.pid for worker in workers]
        private = [private_bytes(pid) for pid in pids]
        if pids:
            self.prefetch, self.epoch_batches = getattr(iterator, "_prefetch_factor", None), _length(iterator)
            self.worker_bytes += [value for value in private if value is not None]
        times = [process_times(pid) for pid in [events.pid] + pids] + [reaped_children_times()]
        events.phase(
            "processes", step=step, loader=epoch.loader.number, epoch=epoch.number, workers=pids,
            worker_private_bytes=private, worker_copied_bytes=[_copied_bytes(epoch.loader, worker) for worker in workers],
            minor_faults=sum(t[0] for t in times),
            user_s=round(sum(t[1] for t in times), 3), system_s=round(sum(t[2] for t in times), 3),
        )
        for name, value in cuda_peaks():
            events.metric(name, value, step)
        self.due = _clock() + self.gap
        self.gap = min(60.0, 2 * self.gap)

    def worker_memory(self):
        """(metric, value) of what more workers would take: each the batches that it loads ahead, up to a whole epoch, and what it holds besides."""
        if not self.worker_bytes:
            return []
        held = sorted(self.worker_bytes)[len(self.worker_bytes) // 2]
        values = [
            ("loader/worker_megabytes", held / 1048576.0), ("loader/batch_megabytes", self.batch_bytes / 1048576.0),
            ("loader/prefetch_factor", self.prefetch), ("loader/epoch_batches", self.epoch_batches),
        ]
        return [(name, value) for name, value in values if value is not None]


def _copied_bytes(loader, worker):
    """Bytes of the dataset's objects that a worker holds copies of; None where it was not forked."""
    forked = getattr(getattr(worker, "_popen", None), "method", None) == "fork"
    return loader.objects.copied_bytes(worker.pid) if loader.objects is not None and forked else None


def _length(iterator):
    """Batches of an epoch; None where nobody knows."""
    try:
        return len(iterator)
    except Exception:
        return None


def _bytes(data, depth=0):
    """Bytes of the tensors and arrays in a batch."""
    size = getattr(data, "nbytes", None)
    if isinstance(size, int):
        return size
    if hasattr(data, "element_size"):  # a tensor of a torch before 2.0
        return data.numel() * data.element_size()
    if depth > 4 or isinstance(data, (str, bytes)):
        return 0
    try:
        return sum(_bytes(value, depth + 1) for value in (data.values() if hasattr(data, "values") else data))
    except Exception:
        return 0
