"""Turns what the patched DataLoaders do into events. Used by `experiments_probe`."""
import os
import sys
import threading
import time
import weakref

from experiments_events import (
    Events, cuda_peaks, debug, private_bytes, process_times, rank_and_world,
    reaped_children_times, setting, synchronize_cuda,
)

_clock = time.perf_counter
_IDLE_BATCHES = 16
_WEIGHED_BATCHES = 16


class Loader:
    """What is known about one DataLoader: its number in this process, its role, its samples an epoch where known."""

    __slots__ = ("number", "role", "samples", "epochs", "objects")

    def __init__(self, number, role, samples):
        self.number, self.role, self.samples, self.epochs = number, role, samples, 0
        self.objects = None  # a sample of the dataset's Python objects, where workers load it


class _Epoch:
    """One pass over a loader, kept on its iterator."""

    def __init__(self, loader, measured, started, iterator, batch_size):
        self.loader, self.measured, self.batch_size = loader, measured, batch_size
        self.started, self.iter_seconds = started, _clock() - started
        self.iterator = weakref.ref(iterator)
        self.number, self.batches, self.samples = loader.epochs, 0, 0
        self.wait_seconds = self.start_seconds = 0.0
        self.mark = started
        self.ended = False
        loader.epochs += 1

    def count(self, data):
        """Samples of the next batch: by the sampler's length where known, so that a time-first layout is no trap."""
        total, batch = self.loader.samples, self.batch_size
        if total is not None and batch:
            left = total - self.batches * batch
            return batch if left >= batch else max(0, left)
        size = _first_dimension(data)
        return min(size, batch) if batch else size


class Recorder:
    """The steps of one process. The batches of one training loader at a time, the lead, are the steps."""

    def __init__(self):
        self.events = Events(os.environ.get("EXPERIMENTS_EVENTS"))
        self.synchronize_every = max(0, setting("PROBE_CUDA_SYNCHRONIZE", int, 0))
        steps = setting("STEPS", int, 0)
        wants_stop = os.environ.get("EXPERIMENTS_PROBE_STOP") == "after_steps" and steps > 0
        self.stop_after = setting("WARMUP_STEPS", int, 0) + steps if wants_stop else None
        self.reset()

    def reset(self):
        """Begins anew in a forked child."""
        self.events.reset()
        self.loaders = weakref.WeakKeyDictionary()
        self.claimed = self.used = self.ended = False
        self.world = 1
        self.step = self.stops = 0
        self.lead = None
        self.lead_idle = 0
        self.open = None  # (start, wait, samples) of the step in progress
        self.aside = 0.0  # seconds of evaluation within the step in progress
        self.other_wait = 0.0  # wait for further training loaders within the step in progress
        self.sample_at, self.sample_gap = 0.0, 1.0
        self.first_batch = False
        self.batch_bytes, self.weighed = 0, 0  # the largest of the first batches
        self.worker_bytes = []  # what workers of the lead held for themselves, by each look at each of them
        self.prefetch = self.epoch_batches = None

    def prepare(self, loader_object):
        """An epoch is about to begin: its workers are not there yet."""
        loader = self.loaders.get(loader_object)
        if loader is not None and loader.role == "train" and loader.objects is None and loader_object.num_workers and self.events.base:
            from experiments_objects import DatasetObjects

            loader.objects = DatasetObjects(loader_object.dataset)

    def begin(self, loader_object, iterator, started):
        """An epoch begins."""
        loader = self.loaders.get(loader_object)
        if loader is None:
            loader = self.loaders[loader_object] = Loader(-1, "unknown", None)
        old = getattr(iterator, "_experiments_epoch", None)
        if old is not None:
            self.end(old, "restarted")
        self.used = True
        measured = loader.role == "train" and _gradients_on()
        epoch = iterator._experiments_epoch = _Epoch(loader, measured, started, iterator, loader_object.batch_size)
        weakref.finalize(iterator, self.end, epoch, "dropped").atexit = False
        if not measured:
            return
        if not self.claimed:
            self.claimed = True
            self.step = self.events.claim_steps()
            self.world = rank_and_world()[1]
        lead = self.lead
        if lead is None or lead.ended or lead.loader is loader:
            if self.open is not None and lead is not None and lead.batches == 1:
                self.close_step(started)  # one batch of each iterator: next(iter(loader))
            self.lead, self.open = epoch, None

    def before(self, epoch, now):
        """A batch is asked for: the step in progress ends. Returns the time from which the wait counts."""
        if epoch is not self.lead:
            return now
        if self.synchronize_every and (self.sampled(self.step + 1) or self.sampled(self.step + 2)) and synchronize_cuda():
            now = _clock()
        if self.open is not None:
            self.close_step(now)
            if now >= self.sample_at:
                self.sample_processes()
            now = _clock()
        if self.stop_after is not None and self.step >= self.stop_after:
            self.stop()
        return now

    def after(self, epoch, asked, data):
        """A batch has come."""
        now = _clock()
        wait = now - asked
        samples = epoch.count(data)
        if epoch.batches == 0:
            asked -= epoch.iter_seconds
            wait = epoch.start_seconds = epoch.iter_seconds + wait
        epoch.batches += 1
        epoch.samples += samples
        epoch.wait_seconds += wait
        if epoch is self.lead:
            self.lead_idle = 0
            if self.weighed < _WEIGHED_BATCHES:
                self.weighed += 1
                self.batch_bytes = max(self.batch_bytes, _bytes(data))
            self.open = (asked, wait, samples * self.world)
            self.aside = self.other_wait = 0.0
            if not self.first_batch:
                self.first_batch = True
                self.events.phase("first_batch", wait_s=round(wait, 6), loader=epoch.loader.number)
        elif epoch.measured:
            self.other_wait += wait
            self.lead_idle += 1
            if self.lead_idle > _IDLE_BATCHES:  # the former lead is held by someone, but not used any more
                self.lead, self.open, self.lead_idle = epoch, None, 0
        else:
            self.aside += now - epoch.mark
            epoch.mark = now

    def sampled(self, step):
        return step % self.synchronize_every == 0

    def close_step(self, now):
        start, wait, samples = self.open
        self.open = None
        self.step += 1
        extra = ',"sync":true' if self.synchronize_every and self.sampled(self.step) else ""
        if self.world > 1:
            extra += ',"ranks":%d' % self.world
        wait += self.other_wait
        seconds = now - start - self.aside
        self.events.step(self.step, samples, wait, seconds if seconds > wait else wait, now, extra)

    def end(self, epoch, reason):
        """An epoch ends: exhausted, broken off, restarted, or by an exception."""
        if epoch.ended or os.getpid() != self.events.pid:
            return
        epoch.ended = True
        if not epoch.measured:
            self.aside += _clock() - epoch.mark if reason == "end" else 0.0
        elif epoch is self.lead and epoch.batches > 1:
            self.open = None  # what the script has done since its last batch is not known to be a step
        self.events.phase(
            "epoch", loader=epoch.loader.number, epoch=epoch.number, reason=reason,
            batches=epoch.batches, samples=epoch.samples, wait_s=round(epoch.wait_seconds, 6),
            start_s=round(epoch.start_seconds, 6), wall_s=round(_clock() - epoch.started, 6),
        )

    def stop(self):
        """Ends the script in order: SystemExit, so that `finally` and exit handlers run; by force only if it is caught."""
        self.stops += 1
        if self.stops == 1:
            try:
                self.sample_processes()
            except Exception as error:
                debug("processes: %r" % (error,))
            self.close("after_steps")
        if self.stops > 3 or threading.current_thread() is not threading.main_thread():
            for stream in (sys.stdout, sys.stderr):
                try:
                    stream.flush()
                except Exception as error:
                    debug("flush: %r" % (error,))
            os._exit(0)
        raise SystemExit(0)

    def close(self, reason="exit"):
        """The process ends."""
        events = self.events
        if self.ended or os.getpid() != events.pid or not (self.used or events.lines):
            return
        if self.lead is not None:
            self.end(self.lead, reason)
        for name, value in cuda_peaks() + self.worker_memory():
            events.metric(name, value, self.step)
        error = getattr(sys, "last_value", None)
        if error is not None:
            kind = type(error)
            events.phase(
                "exception", exception="%s.%s" % (kind.__module__, kind.__name__), message=str(error)[:2000], calls=_last_calls())
        self.ended = True
        events.phase("end", reason=reason, steps=self.step)

    def sample_processes(self):
        """What workers hold for themselves, page faults, time in the kernel: after the first step, then ever more rarely,
        since some milliseconds a worker go by, though outside of the steps."""
        iterator = self.lead.iterator()
        workers = getattr(iterator, "_workers", ())
        pids = [worker.pid for worker in workers]
        private = [private_bytes(pid) for pid in pids]
        if pids:
            self.prefetch, self.epoch_batches = getattr(iterator, "_prefetch_factor", None), _length(iterator)
            self.worker_bytes += [value for value in private if value is not None]
        times = [process_times(pid) for pid in [self.events.pid] + pids] + [reaped_children_times()]
        self.events.phase(
            "processes", step=self.step, loader=self.lead.loader.number, epoch=self.lead.number, workers=pids,
            worker_private_bytes=private, worker_copied_bytes=[self.copied_bytes(worker) for worker in workers],
            minor_faults=sum(t[0] for t in times),
            user_s=round(sum(t[1] for t in times), 3), system_s=round(sum(t[2] for t in times), 3),
        )
        for name, value in cuda_peaks():
            self.events.metric(name, value, self.step)
        self.sample_at = _clock() + self.sample_gap
        self.sample_gap = min(60.0, 2 * self.sample_gap)

    def copied_bytes(self, worker):
        """Bytes of the dataset's objects that a worker holds copies of; None where it was not forked."""
        objects = self.lead.loader.objects
        forked = getattr(getattr(worker, "_popen", None), "method", None) == "fork"
        return objects.copied_bytes(worker.pid) if objects is not None and forked else None

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


def _last_calls():
    """The functions in progress when the script's last exception was raised, the innermost last; not the whole of a deep recursion."""
    names, traceback = [], getattr(sys, "last_traceback", None)
    while traceback is not None:
        names.append(traceback.tb_frame.f_code.co_name)
        traceback = traceback.tb_next
    return names[-16:]


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


def _gradients_on():
    try:
        return sys.modules["torch"].is_grad_enabled()
    except Exception:
        return True


def _first_dimension(data, depth=0):
    shape = getattr(data, "shape", None)
    if shape is not None:
        return int(shape[0]) if len(shape) else 1
    if depth > 4:
        return 0
    if isinstance(data, (list, tuple)):
        if not data:
            return 0
        return len(data) if isinstance(data[0], (str, bytes, int, float)) else _first_dimension(data[0], depth + 1)
    try:  # dict, and mappings of other libraries
        for value in data.values():
            return _first_dimension(value, depth + 1)
    except Exception:
        pass
    return 0
