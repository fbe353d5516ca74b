"""Measures and steers the DataLoaders of an unchanged PyTorch script. Python 3.8 or newer, torch 1.8 or newer.

`attach(module)` patches DataLoader, its iterators and the fetcher of iterable datasets in place, so that identity,
isinstance, subclasses and signatures stay as they are; a subclass that makes itself without `DataLoader.__init__`
(torchdata's StatefulDataLoader) is patched when it is defined. Everything is set by environment variables:

  EXPERIMENTS_EVENTS                  file to append JSON lines to; without it only overrides are applied
  EXPERIMENTS_WARMUP_STEPS, _STEPS    after how many steps to stop, if asked to
  EXPERIMENTS_MEASURE_SECONDS         and how long the measured steps must have taken by then
  EXPERIMENTS_PROBE_NUM_WORKERS, _PIN_MEMORY, _PREFETCH_FACTOR, _PERSISTENT_WORKERS, _BATCH_SIZE   overrides
  EXPERIMENTS_PROBE_LOADERS           train (default), all, or file.py:line where the loader is made
  EXPERIMENTS_PROBE_STEP              what a step is: auto (default), batch, or module:function whose call trains
  EXPERIMENTS_PROBE_SAMPLES_PER_STEP  samples of a step, where neither indices nor shapes tell them
  EXPERIMENTS_CONTROL                 file with the engine's next instruction, where one run measures several settings (`experiments_segments`)
  EXPERIMENTS_PROBE_STOP              after_steps: end the script in order once warm-up and measured steps are done
  EXPERIMENTS_PROBE_CUDA_SYNCHRONIZE  N: synchronise CUDA around every Nth step (0, the default: never)
  EXPERIMENTS_PROBE_RAISE_ITERABLE    1: raise num_workers of an IterableDataset too (repeats samples if it does not shard)
  EXPERIMENTS_PROBE_DEBUG             1: say on stderr what the probe could not do

Events: `step` for each step (`experiments_steps` says what that is; wait_s: time in `__next__`, and in `__iter__` for the
first of an epoch; step_s: until the next batch is asked for, wait included, evaluation in between excluded); `batch` for
each batch while nothing has trained, `phase` evidence once something has, and where an optimizer shows that it was no
training (anew: the steps so far were none); `phase` for attached, loader, first_batch, trains, samples, epoch, processes,
besides, exception and end; `metric` for CUDA's peaks. Of several ranks, rank 0 counts the samples of all; the others write
beside the file (`.rank1`), as a second process that trains at the same time (`.pid<n>`, of which `besides` tells).

Which loader is steered as the training's, before anything trains: one with a shuffling or custom sampler; if none shuffles,
those of the first call site that made one. An epoch under `torch.no_grad()` is evaluation. Whatever fails here is dropped: the script's result comes first.
"""
import atexit
import functools
import inspect
import os
import sys
import time

from experiments_errors import hide_own_frames
from experiments_events import boolean, debug, setting
from experiments_evidence import watch, watch_call
from experiments_recorder import Loader, Recorder
from experiments_samples import counting_fetch, keep

_clock = time.perf_counter
_SETTINGS = {
    "num_workers": int, "pin_memory": boolean, "prefetch_factor": int, "persistent_workers": boolean, "batch_size": int,
}
_recorder = Recorder()
_loader_count = 0
_watched = False
_train_site = None  # the call site of the first loader that does not shuffle, while no loader shuffles


def writes_its_own_end():
    """Whether the end of this process is in the events already."""
    return _recorder.ended


def attach(module):
    """Patches `torch.utils.data.dataloader`."""
    iterator_class, fetch = module._BaseDataLoaderIter, getattr(module._utils, "fetch", None)
    _patch_loader(module, module.DataLoader)
    module.DataLoader.__init_subclass__ = classmethod(_init_subclass(module))
    iterator_class.__init__ = _iterator_init(module, iterator_class.__init__)
    for name, patch in (("_reset", _iterator_reset), ("_next_index", _next_index)):
        if hasattr(iterator_class, name):
            setattr(iterator_class, name, patch(module, getattr(iterator_class, name)))
    fetcher = getattr(fetch, "_IterableDatasetFetcher", None)
    if fetcher is not None:
        fetcher.fetch = counting_fetch(fetcher.fetch, _recorder.events.base and _recorder.events.base + ".short")
    original_next = iterator_class.__next__
    iterator_class.__next__ = _next(original_next)
    if getattr(iterator_class, "next", None) is original_next:
        iterator_class.next = iterator_class.__next__
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_recorder.reset)
    try:  # runs at exit too, and in children of multiprocessing, which leave without exit handlers
        from multiprocessing.util import Finalize

        Finalize(None, _recorder.close, exitpriority=1000)
    except Exception as error:
        debug("multiprocessing: %r" % (error,))
    atexit.register(_recorder.close)
    hide_own_frames()
    _recorder.stop.listen()
    if os.environ.get("EXPERIMENTS_CONTROL"):
        import experiments_segments

        _recorder.segments = experiments_segments.make(_recorder)
        if _recorder.segments is not None:
            _recorder.segments.attach(module)
    torch = sys.modules.get("torch")
    version = getattr(torch, "version", None)
    affinity = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    _recorder.events.phase(
        "attached", torch=str(getattr(torch, "__version__", "")), cuda=_accelerator(version),
        python="%d.%d.%d" % sys.version_info[:3], cores=affinity, rank=os.environ.get("RANK"),
    )


def _patch_loader(module, loader_class):
    loader_class.__init__ = _init(module, loader_class.__init__)
    loader_class.__iter__ = _iter(module, loader_class.__iter__)


def _init_subclass(module):
    def __init_subclass__(cls, **kwargs):
        super(module.DataLoader, cls).__init_subclass__(**kwargs)
        try:
            own = cls.__dict__.get("__init__")
            if own is not None and "__init__" not in own.__code__.co_names:  # it never calls DataLoader's
                cls.__init__ = _init(module, own)
            if "__iter__" in cls.__dict__:
                cls.__iter__ = _iter(module, cls.__dict__["__iter__"])
        except Exception as error:
            debug("%r: %r" % (cls, error))

    return __init_subclass__


def _accelerator(version):
    """The CUDA version of torch's build, or ROCm's or XPU's; None for a build without."""
    for name in ("cuda", "hip", "xpu"):
        if getattr(version, name, None):
            return getattr(version, name) if name == "cuda" else "%s %s" % (name, getattr(version, name))
    return None


def _in_worker(module):
    try:
        return module._utils.worker.get_worker_info() is not None
    except Exception:
        return False


def _init(module, original):
    signature = inspect.signature(original)
    iterable = getattr(sys.modules.get("torch.utils.data.dataset"), "IterableDataset", ())

    @functools.wraps(original)
    def __init__(self, *args, **kwargs):
        if _in_worker(module):
            return original(self, *args, **kwargs)
        changed, asked, notes, site, role, stack = None, {}, [], "", "unknown", []
        try:
            bound = signature.bind(self, *args, **kwargs)
            bound.apply_defaults()
            asked = {name: bound.arguments.get(name) for name in _SETTINGS if name in bound.arguments}
            stack = _call_sites(self)
            site = stack[0] if stack else ""
            role = _role(bound.arguments, site)
            if _selected(role, stack):
                changed = _override(signature, signature.bind(self, *args, **kwargs), asked, iterable, notes)
        except Exception as error:
            notes.append("not understood: %r" % (error,))
        if changed is None:
            original(self, *args, **kwargs)
        else:
            try:
                original(self, *changed.args[1:], **changed.kwargs)
            except (ValueError, TypeError) as error:
                notes.append("refused, so the script's own arguments were used: %s" % error)
                original(self, *args, **kwargs)
        try:
            _remember(self, asked, notes, site, role, tuple(stack))
        except Exception as error:
            debug("loader: %r" % (error,))
        return None

    return __init__


def _iter(module, original):
    if inspect.isgeneratorfunction(original):
        return original  # it begins when its first batch is asked for

    @functools.wraps(original)
    def __iter__(self):
        started = _clock()
        iterator = original(self)
        try:
            if not _in_worker(module):
                _recorder.started(iterator, _clock() - started)
        except Exception as error:
            debug("epoch: %r" % (error,))
        return iterator

    return __iter__


def _iterator_init(module, original):
    @functools.wraps(original)
    def __init__(self, loader, *args, **kwargs):
        _begin(module, self, loader, lambda: original(self, loader, *args, **kwargs))

    return __init__


def _iterator_reset(module, original):
    @functools.wraps(original)
    def _reset(self, loader=None, first_iter=False, *args, **kwargs):
        if loader is None or first_iter:
            return original(self, loader, first_iter, *args, **kwargs)
        return _begin(module, self, loader, lambda: original(self, loader, first_iter, *args, **kwargs))

    return _reset


def _begin(module, iterator, loader, original):
    """An iterator is made for an epoch, or a persistent one begins another; its workers start after this."""
    started, is_recorded = _clock(), False
    try:
        is_recorded = not _in_worker(module)
        if is_recorded:
            _recorder.prepare(loader)
            _watch()
    except Exception as error:
        debug("objects: %r" % (error,))
    result = original()
    try:
        if is_recorded:
            _recorder.begin(loader, iterator, started)
    except Exception as error:
        debug("epoch: %r" % (error,))
    return result


def _watch():
    """Begins to look for evidence of training."""
    global _watched
    step = _recorder.step_is
    if _watched or step == "batch":
        return
    if step == "auto":
        watch(_recorder)
        _watched = True
    else:
        _watched = watch_call(step, _recorder.evidence)


def _next_index(module, original):
    @functools.wraps(original)
    def _next_index(self):
        index = original(self)
        try:
            keep(self, index)
        except Exception as error:
            debug("index: %r" % (error,))
        return index

    return _next_index


def _next(original):
    recorder = _recorder

    @functools.wraps(original)
    def __next__(self):
        epoch = getattr(self, "_experiments_epoch", None)
        if epoch is None:
            return original(self)
        asked = _clock()
        try:
            asked = recorder.before(epoch, asked)
        except Exception as error:
            debug("step: %r" % (error,))
        try:
            data = original(self)
        except StopIteration:
            recorder.end(epoch, "end")
            raise
        except BaseException as error:
            recorder.end(epoch, "error " + type(error).__name__)
            raise
        try:
            recorder.after(epoch, asked, data, self)
        except Exception as error:
            debug("batch: %r" % (error,))
        return data

    return __next__


def _call_sites(loader):
    """`file:line` of where the loader is made, then of the frames around, those of torch and the probe left out."""
    frame, own, sites = sys._getframe(2), [], []
    inside = os.sep + "torch" + os.sep
    while frame is not None and len(sites) < 32:
        code = frame.f_code
        if inside not in code.co_filename and not code.co_filename.startswith("<frozen"):
            subclass_init = code.co_name == "__init__" and frame.f_locals.get(code.co_varnames[0]) is loader
            (own if subclass_init else sites).append("%s:%d" % (code.co_filename, frame.f_lineno))
        frame = frame.f_back
    return sites + own


def _selected(role, stack):
    wanted = os.environ.get("EXPERIMENTS_PROBE_LOADERS") or "train"
    if wanted == "all":
        return True
    if wanted == "train":
        return role == "train"
    wanted = wanted.replace("\\", "/")
    return any(site == wanted or site.endswith("/" + wanted) for site in (s.replace("\\", "/") for s in stack))


def _role(arguments, site):
    global _train_site
    if _shuffles(arguments):
        _train_site = ""  # from now on only loaders that shuffle train
        return "train"
    if _train_site is None:
        _train_site = site
    return "train" if _train_site and _train_site == site else "eval"


def _shuffles(arguments):
    """Whether the samples come in an order of the sampler's own: shuffled, weighted, distributed."""
    if arguments.get("shuffle"):
        return True
    sampler = arguments.get("batch_sampler") or arguments.get("sampler")
    for _ in range(6):
        inner = getattr(sampler, "batch_sampler", None) or getattr(sampler, "sampler", None)
        if inner is None:
            break
        sampler = inner
    if sampler is None or type(sampler).__name__ in ("SequentialSampler", "_InfiniteConstantSampler"):
        return False
    if isinstance(sampler, (list, tuple, range)):
        return False
    return bool(getattr(sampler, "shuffle", True))


def _override(signature, bound, asked, iterable, notes):
    """The call's arguments with the overrides in them, or None where nothing changes."""
    wanted = {name: setting("PROBE_" + name.upper(), convert) for name, convert in _SETTINGS.items()}
    wanted = {name: value for name, value in wanted.items() if value is not None and name in signature.parameters}
    if not wanted:
        return None
    arguments = bound.arguments
    raised = wanted.get("num_workers", 0)
    if isinstance(arguments.get("dataset"), iterable) and raised > max(1, asked.get("num_workers") or 0):
        if not setting("PROBE_RAISE_ITERABLE", boolean, False):
            del wanted["num_workers"]
            notes.append("num_workers of an IterableDataset is not raised: it would repeat samples unless it shards them")
    if "batch_size" in wanted and (arguments.get("batch_sampler") is not None or asked.get("batch_size") is None):
        del wanted["batch_size"]
        notes.append("batch_size is not changed: a batch_sampler or the dataset makes the batches")
    arguments.update(wanted)
    if not arguments.get("num_workers", asked.get("num_workers")):
        # DataLoader refuses these without workers; where the script itself has none, its own error is its own
        for name in ("prefetch_factor", "persistent_workers", "timeout", "multiprocessing_context"):
            if (name in wanted or "num_workers" in wanted) and arguments.pop(name, None) and name in wanted:
                notes.append("%s needs num_workers above 0" % name)
    elif arguments.get("prefetch_factor", 0) is None and signature.parameters["prefetch_factor"].default is not None:
        del arguments["prefetch_factor"]
    return bound


def _remember(loader, asked, notes, site, role, place):
    global _loader_count
    try:
        length = len(loader.dataset)
    except Exception:
        length = None
    _recorder.loaders[loader] = Loader(_loader_count, role, place)
    _recorder.events.phase(
        "loader", loader=_loader_count, role=role, at=site, loader_class=type(loader).__name__,
        dataset=type(loader.dataset).__name__, length=length, sampler=type(loader.sampler).__name__,
        drop_last=getattr(loader, "drop_last", None), asked={name: asked.get(name) for name in _SETTINGS},
        used={name: getattr(loader, name, None) for name in _SETTINGS}, notes=notes,
    )
    _loader_count += 1
