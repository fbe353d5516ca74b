"""Swaps the settings of the training's loaders while the script runs. Used by `experiments_probe` where EXPERIMENTS_CONTROL is set.

EXPERIMENTS_CONTROL names a file that the engine writes and this process maps: a number (8 bytes, little-endian), a length (4 bytes) and so
many bytes of JSON, the instruction of that number. It is looked at whenever the training asks for a batch:

  {"action": "measure", "settings": {"num_workers": 2, ...}, "steps": 20, "seconds": 1.0}   the next segment
  {"action": "leave", ...}     the same at once: what was loaded ahead is dropped and loaded again, so that memory is given back
  {"action": "ceiling", ...}   the last batch is served again and again, as fresh copies: what the training reaches if batches cost nothing
  {"action": "stop"}           the script ends in order

A setting that is not named is the script's own. Each segment ends with the event `phase` `segment`, and the script goes on as it is until the next
instruction comes. The event `phase` `segments` says before the first one how the loader can be swapped:

  steps    in the middle of an epoch: one iterator of the sampler is handed from engine to engine, what was loaded ahead is delivered
           first, so every sample comes once and in its order. The workers' start and end are no part of a segment.
  epochs   between epochs: where the dataset is iterable, the loader has an iterator of its own, or the epochs are too short to be cut.
           A segment is whole epochs, with start and end of their workers.
  none     not at all, with the reason; the script runs on untouched.
"""
import json
import mmap
import os
import struct
import sys
import time
import weakref
from collections import deque

from experiments_events import debug, process_times, rank_and_world, reaped_children_times, setting

_clock = time.perf_counter
_SETTINGS = ("num_workers", "pin_memory", "prefetch_factor", "persistent_workers")
_LEAST_BATCHES = 60  # of an epoch that is worth cutting
_PATIENCE_SECONDS = 1.0  # for the next instruction between two epochs, where the loader is set only then
_HEADER = struct.Struct("<QI")


class _Want:
    """One instruction."""

    def __init__(self, serial, content):
        self.serial, self.action = serial, content.get("action", "measure")
        self.settings = content.get("settings") or {}
        self.steps, self.seconds = content.get("steps", 1), content.get("seconds", 0.0)


class _Window:
    """The measured steps of a segment, between two looks at the loaders' queues and the processes' CPU."""

    def __init__(self, iterators):
        self.iterators, self.begun = iterators, time.time()
        self.steps = self.samples = self.batches = 0
        self.seconds = self.wait = 0.0
        self.ready, self.cpu = _ready(iterators), _cpu(iterators)

    def step(self, samples, seconds, wait):
        self.steps += 1
        self.samples += samples
        self.seconds += seconds
        self.wait += wait

    def close(self):
        """(batches that came out of the queues beyond what went in, CPU seconds)."""
        return self.ready - _ready(self.iterators), _cpu(self.iterators) - self.cpu


class Segments:
    """The segments of one process."""

    def __init__(self, path, recorder):
        self.recorder = recorder
        self.map = _map(path)
        self.want = _Want(0, {})
        self.iterators = weakref.WeakSet()
        self.mode = self.reason = None
        self.own = {}
        self._begin()

    def attach(self, module):
        """Patches `torch.utils.data.dataloader` once more, outside of what measures it."""
        self.module = module
        loader_class = module.DataLoader
        self.original = loader_class._get_iterator
        segments = self

        def _get_iterator(self):
            return segments._iterate(self)

        loader_class._get_iterator = self.patched = _get_iterator
        inner = loader_class.__iter__

        def __iter__(self):
            segments._before_epoch(self)
            return inner(self)

        loader_class.__iter__ = __iter__

    # What the training's loaders ask

    def _iterate(self, loader):
        if self._mode_of(loader) != "steps":
            return self.original(loader)
        return _Swapping(self, loader)

    def _before_epoch(self, loader):
        """Where only epochs can be told apart, the loader itself is set before one begins."""
        try:
            if self._mode_of(loader) == "epochs":
                until = _clock() + _PATIENCE_SECONDS
                while not self.look() and self.told and _clock() < until:
                    time.sleep(0.005)
                self._set(loader)
        except Exception as error:
            debug("segments: %r" % (error,))

    def _set(self, loader):
        wanted = dict(self.own, **self.want.settings)
        if self.iterable and wanted["num_workers"] > max(1, self.own["num_workers"] or 0) and os.environ.get("EXPERIMENTS_PROBE_RAISE_ITERABLE") != "1":
            self._refuse("num_workers of an IterableDataset is not raised: it would repeat samples unless it shards them")
            return
        view = _View(loader, wanted)
        changed = any(getattr(loader, name, None) != getattr(view, name) for name in _SETTINGS)
        for name in _SETTINGS + ("timeout",):
            object.__setattr__(loader, name, getattr(view, name))
        if not view.num_workers:
            object.__setattr__(loader, "_DataLoader__multiprocessing_context", None)
        if changed:
            self.fresh = True
            object.__setattr__(loader, "_iterator", None)

    def _mode_of(self, loader):
        known = self.recorder.loaders.get(loader)
        if known is None or known.role != "train":
            return None
        if self.mode is None:
            self.mode, self.reason = self._how(loader)
            self.own = {name: getattr(loader, name, None) for name in _SETTINGS}
            self.iterable = loader._dataset_kind == 1
            torch = sys.modules["torch"]
            self.recorder.events.phase(
                "segments", mode=self.mode, reason=self.reason, own=self.own, batches=_length(loader), cuda=torch.cuda.is_available(), iterable=self.iterable,
            )
        return self.mode

    def _how(self, loader):
        if rank_and_world()[1] > 1:
            return "none", "several ranks train together"
        if self.recorder.events.silent or self.map is None:
            return "none", "the control file cannot be read"
        if loader._dataset_kind == 1:
            return "epochs", "the dataset is iterable"
        if type(loader)._get_iterator is not self.patched:
            return "epochs", "%s makes its own iterators" % type(loader).__name__
        if not getattr(loader, "in_order", True):
            return "epochs", "batches come out of order"
        batches = _length(loader)
        if batches is not None and batches < _LEAST_BATCHES:
            return "epochs", "an epoch has only %d batches" % batches
        return "steps", None

    # The engine's instructions

    def look(self, within_epoch=False):
        """Takes a new instruction, if there is one; within an epoch that cannot be cut only the end. Returns whether it took one."""
        if self.map is None or self.map[:8] == self.seen:
            return False
        serial, length = _HEADER.unpack_from(self.map)
        try:
            content = json.loads(self.map[_HEADER.size : _HEADER.size + length].decode("utf-8"))
        except ValueError:
            return False  # half written: the next look finds it whole
        want = _Want(serial, content)
        if within_epoch and want.action != "stop":
            return False
        self.want = want
        self._begin()
        if want.action == "stop":
            self.recorder.stop.at_once()
        return True

    def _begin(self):
        self.seen = self.map[:8] if self.map is not None else b""
        self.window, self.told, self.fresh, self.broken = None, self.want.serial == 0, False, None
        self.total = {"steps": 0, "samples": 0, "batches": 0, "seconds": 0.0, "wait_s": 0.0, "cpu_s": 0.0, "drained": 0, "start_s": 0.0, "starts": 0, "epochs": 0, "from": None}

    # What was measured

    def step(self, samples, seconds, wait, kind):
        """A training step has ended."""
        if kind not in ("trained", "batch"):
            if self.mode == "steps":
                self._give_up("the batches are taken ahead by another thread, or kept in memory")
            return
        if self.mode == "epochs":
            self.look(within_epoch=True)
        if self.mode != "steps" or self.told:
            return
        if self.window is None:
            current = list(self.iterators)
            if current and all(iterator.settled(self.want.serial) for iterator in current):
                self.window = _Window(current)
            return
        self.window.step(samples, seconds, wait)
        if self.total["steps"] + self.window.steps >= self.want.steps and self.total["seconds"] + self.window.seconds >= self.want.seconds:
            self.interrupt()
            self._tell()

    def interrupt(self):
        """The measured steps end here, for now: an engine ends."""
        window, self.window = self.window, None
        if window is None or not window.steps:
            return
        drained, cpu = window.close()
        total = self.total
        total["from"] = total["from"] or window.begun
        for name, value in (("steps", window.steps), ("samples", window.samples), ("batches", window.batches), ("seconds", window.seconds), ("wait_s", window.wait), ("cpu_s", cpu), ("drained", drained)):
            total[name] += value

    def started(self, seconds):
        """The workers of a segment have started, and their first batch has come."""
        self.total["start_s"] += seconds
        self.total["starts"] += 1

    def epoch(self, epoch, seconds):
        """A whole epoch of the training has ended."""
        if self.mode != "epochs" or self.told or not epoch.loader.trains:
            return
        fresh, self.fresh = self.fresh, False
        if fresh and self.own.get("persistent_workers"):
            return  # its workers start in it, and never again
        total = self.total
        total["from"] = total["from"] or time.time() - seconds
        for name, value in (("epochs", 1), ("steps", epoch.batches), ("batches", epoch.batches), ("samples", epoch.samples or 0), ("seconds", seconds), ("wait_s", epoch.wait_seconds), ("start_s", epoch.start_seconds)):
            total[name] += value
        if total["steps"] >= self.want.steps and total["seconds"] >= self.want.seconds:
            self._tell()

    def fail(self, reason):
        """The setting cannot be had here; the segment ends without a figure."""
        self._refuse(reason)
        self.want.settings = {}

    def _refuse(self, reason):
        if not self.told:
            self.told = True
            self.recorder.events.phase("segment", serial=self.want.serial, error=str(reason)[:500])

    def _tell(self):
        self.told = True
        total, starts = self.total, max(1, self.total["starts"])
        figures = {name: round(value, 6) if isinstance(value, float) else value for name, value in total.items() if name not in ("from", "starts")}
        figures["start_s"] = round(total["start_s"] / (starts if self.mode == "steps" else max(1, total["epochs"])), 6)
        self.recorder.events.phase("segment", serial=self.want.serial, action=self.want.action, started=round(total["from"], 6), **figures)

    def _give_up(self, reason):
        self.mode, self.reason = "none", reason
        self.recorder.events.phase("segments", mode="none", reason=reason, own=self.own)


class _View:
    """A loader as its iterators see it, with other settings; the loader itself stays as the script made it."""

    def __init__(self, loader, settings, index_sampler=None):
        own = loader.__dict__.get("prefetch_factor")
        workers = settings.get("num_workers") or 0
        self.__dict__.update(
            _loader=loader, num_workers=workers, pin_memory=bool(settings.get("pin_memory")),
            prefetch_factor=(settings.get("prefetch_factor") or 2) if workers else _without_workers(loader, own),
            persistent_workers=bool(settings.get("persistent_workers")) and workers > 0,
            timeout=loader.timeout if workers else 0,
            multiprocessing_context=loader.multiprocessing_context if workers else None,
        )
        if index_sampler is not None:
            self.__dict__["_index_sampler"] = index_sampler

    def __getattr__(self, name):
        return getattr(self.__dict__["_loader"], name)

    def __len__(self):
        return len(self._loader)


class _Feed:
    """The one iterator of an epoch's sampler, handed to each engine in turn; paused, it makes an engine drain."""

    def __init__(self, sampler):
        self.source = iter(sampler)
        self.drawn, self.again = deque(), deque()
        self.is_paused = False

    def __iter__(self):
        return self

    def __next__(self):
        if self.is_paused:
            raise StopIteration
        index = self.again.popleft() if self.again else next(self.source)
        self.drawn.append(index)
        return index

    def give_back(self):
        """What was drawn and has not come is drawn again."""
        self.again.extendleft(reversed(self.drawn))
        self.drawn.clear()

    def is_exhausted(self):
        if not self.again:
            try:
                self.again.append(next(self.source))
            except StopIteration:
                return True
        return False


class _Swapping:
    """One epoch of a loader, by one engine after the other."""

    def __init__(self, segments, loader):
        self.segments, self.loader = segments, loader
        self.known = segments.recorder.loaders[loader]
        self.engine = self.random = None
        self._anew()

    def _anew(self):
        self.feed = self.serial = self.copies = None
        self.segments.interrupt()
        self.segments.iterators.add(self)
        self._open()

    def _reset(self, loader, first_iter=False):
        """A loader with persistent workers begins another epoch."""
        self._drop()
        self._anew()

    def __iter__(self):
        return self

    def __len__(self):
        return len(self.loader)

    def __getattr__(self, name):
        engine = self.__dict__.get("engine")
        if engine is None or name.startswith("__"):
            raise AttributeError(name)
        return getattr(engine, name)

    def __next__(self):
        segments = self.segments
        segments.look()
        want = segments.want
        if want.serial != self.serial:
            self._turn_to(want)
        if self.copies:
            return self._copy()
        while True:
            try:
                data = next(self.engine)
            except StopIteration:
                if not self.feed.is_paused or self.feed.is_exhausted():
                    segments.interrupt()
                    segments.iterators.discard(self)
                    raise
                self._open()
                continue
            except RuntimeError as error:
                if "DataLoader worker" not in str(error) or segments.told or not want.settings:
                    raise
                segments.fail(error)
                self._drop()
                self.feed.give_back()
                self._open()
                continue
            break
        self.feed.drawn.popleft()
        if segments.window is not None:
            segments.window.batches += 1
        if self.opened is not None:
            segments.started(_clock() - self.opened)
            self.opened = None
        self.lead -= 1
        if want.action == "ceiling" and self.serial == want.serial and self.lead <= 0:
            self.copies, self.samples = [data], self.engine._experiments_epoch.latest
            self.feed.is_paused = True  # the engine rests
        return data

    def settled(self, serial):
        """Whether the engine runs as the instruction says, with its first batches behind it."""
        return self.serial == serial and self.lead <= 0

    def _turn_to(self, want):
        segments = self.segments
        segments.interrupt()
        if want.action in ("ceiling", "stop") or self._settings() == self.settings:
            self.serial, self.lead = want.serial, self._most_ahead()
        elif want.action == "leave":
            self._drop()
            self.feed.give_back()
            self._open()
        else:
            self.feed.is_paused = True

    def _settings(self):
        return dict(self.segments.own, **self.segments.want.settings)

    def _most_ahead(self):
        return max(2, self.settings.get("num_workers") or 0)

    def _open(self):
        """Makes the engine that the instruction asks for. No random number is drawn for it that the unswapped epoch would not have drawn."""
        segments, module, loader = self.segments, self.segments.module, self.loader
        self.settings, self.serial = self._settings(), segments.want.serial
        self.opened, self.lead = _clock(), self._most_ahead()
        is_first = self.random is None  # persistent workers draw their seed once, for all epochs
        generator = loader.generator if loader.generator is not None else sys.modules["torch"].default_generator
        now = generator.get_state()
        if is_first:
            self.random = now
        if self.feed is None:
            self.feed = _Feed(loader._index_sampler)
        view = _View(loader, dict(self.settings, persistent_workers=False), self.feed)
        segments.recorder.loaders[view] = self.known
        if not is_first:
            self.feed.is_paused = True
            generator.set_state(self.random)
        try:
            self.engine = (module._MultiProcessingDataLoaderIter if view.num_workers else module._SingleProcessDataLoaderIter)(view)
        finally:
            if not is_first:
                generator.set_state(now)
                self.feed.is_paused = False
        if not is_first and view.num_workers:
            for _ in range(view.num_workers * view.prefetch_factor):
                self.engine._try_put_index()

    def _drop(self):
        engine, self.engine = self.engine, None
        close = getattr(engine, "_shutdown_workers", None)
        if close is not None:
            close()

    def _copy(self):
        """The same batch once more; the copy is nobody's wait."""
        recorder, epoch = self.segments.recorder, self.engine._experiments_epoch
        recorder.before(epoch, _clock())
        data = _clone(self.copies[0])
        recorder.serve(epoch, self.samples)
        return data


def _map(path):
    try:
        with open(path, "rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        debug("control: %r" % (error,))
        return None


def _length(loader):
    try:
        return len(loader)
    except Exception:
        return None


def _without_workers(loader, own):
    """The prefetch factor of an engine without workers: torch 2 refuses a number, torch 1 has one."""
    return own if own is None or not loader.num_workers else (None if sys.modules["torch"].__version__ >= "2" else 2)


def _ready(iterators):
    """Batches that lie ready, in all these loaders."""
    ready = 0
    for iterator in iterators:
        engine = iterator.engine
        queue = getattr(engine, "_data_queue", None)
        if queue is None:
            continue
        try:
            ready += queue.qsize() + sum(1 for task in engine._task_info.values() if len(task) > 1)
            if queue is not engine._worker_result_queue:
                ready += engine._worker_result_queue.qsize()
        except (NotImplementedError, AttributeError):  # macOS counts no queue
            return 0
    return ready


def _cpu(iterators):
    """CPU seconds that this process and the workers have used, those of an epoch that is over too."""
    processes = [os.getpid()] + [worker.pid for iterator in iterators for worker in getattr(iterator.engine, "_workers", ())]
    return sum(sum(process_times(pid)[1:]) for pid in processes) + sum(reaped_children_times()[1:])


def _clone(data):
    """A batch of its own, pinned as the other is; what is no tensor and no container is shared."""
    torch = sys.modules["torch"]
    if isinstance(data, torch.Tensor):
        copy = data.clone()
        return copy.pin_memory() if data.device.type == "cpu" and torch.cuda.is_available() and data.is_pinned() else copy
    if isinstance(data, dict):
        copy = {key: _clone(value) for key, value in data.items()}
        return copy if type(data) is dict else _rebuilt(data, copy)
    if isinstance(data, tuple) and hasattr(data, "_fields"):
        return type(data)(*(_clone(value) for value in data))
    if isinstance(data, (list, tuple)):
        return type(data)(_clone(value) for value in data)
    if isinstance(data, (str, bytes, int, float, bool, type(None))):
        return data
    import copy as copying

    try:
        return copying.deepcopy(data)
    except Exception:
        return data


def _rebuilt(data, content):
    import copy as copying

    try:
        same = copying.copy(data)
        same.update(content)
        return same
    except Exception:
        return content


def make(recorder):
    """The segments of this process, where the engine asks for any; else None."""
    path = setting("CONTROL", str)
    return Segments(path, recorder) if path and recorder.events.base else None
