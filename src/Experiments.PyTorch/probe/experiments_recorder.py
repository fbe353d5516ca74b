"""Turns what the patched DataLoaders do into events. Used by `experiments_probe`."""
import os
import sys
import time
import weakref
from threading import get_ident

from experiments_events import Events, cuda_peaks, debug, rank_and_world, setting, synchronize_cuda
from experiments_looks import Looks
from experiments_samples import ShortBatches, guess, take
from experiments_steps import Ahead, BatchSteps, Part, TrainedSteps
from experiments_stop import Stop

_clock = time.perf_counter
_UNTRAINED = 1000  # batches without any training, after which they are no parts of steps until something trains
_RANKS_EVERY = 50  # batches: ranks appear once in a while


class Loader:
    """What is known about one DataLoader: its number in this process, the role that it seems to have, whether it trains."""

    __slots__ = ("number", "role", "site", "first", "epochs", "objects", "trains", "told", "optimized", "feeds", "guessed", "apart", "several")

    def __init__(self, number, role, site=()):
        self.number, self.role, self.site, self.epochs = number, role, site, 0
        self.first = number  # of those that were made one after the other in the same place
        self.objects = None  # a sample of the dataset's Python objects, where workers load it
        self.trains = self.told = self.optimized = self.feeds = self.guessed = False
        self.several = False  # each step takes several of its batches
        self.apart = False  # its batches are drawn in a function that needs no gradients, and are trained on all the same

    def follow(self, other):
        """It was made anew, in the place of another that is gone."""
        self.first, self.trains, self.optimized = other.first, other.trains, other.optimized
        self.apart = other.apart


class _Epoch:
    """One pass over a loader, kept on its iterator."""

    def __init__(self, loader, started, iterator, counts_all):
        self.loader, self.started, self.iter_seconds = loader, started, 0.0
        self.iterator = weakref.ref(iterator)
        self.evaluates = not _gradients_on() and not loader.apart
        self.measured = loader.role == "train" and (counts_all or not self.evaluates)
        self.latest = None  # samples of the batch that came last
        self.number, self.batches, self.samples = loader.epochs, 0, 0
        self.wait_seconds = self.start_seconds = self.aside = 0.0
        self.asked = self.mark = started
        self.ended = self.stepped = False
        self.ahead = Ahead(loader)
        self.pulls = getattr(iterator, "_dataset_kind", 0) == 1  # of an IterableDataset
        loader.epochs += 1


class Recorder:
    """The steps of one process."""

    def __init__(self):
        self.events = Events(os.environ.get("EXPERIMENTS_EVENTS"))
        self.synchronize_every = max(0, setting("PROBE_CUDA_SYNCHRONIZE", int, 0))
        self.step_is = setting("PROBE_STEP", str, "auto")
        self.stated_samples = setting("PROBE_SAMPLES_PER_STEP", int)
        self.reset()

    def reset(self):
        """Begins anew in a forked child."""
        self.events.reset()
        self.loaders = weakref.WeakKeyDictionary()
        self.places = {}  # the loader that was used last, by where it was made
        self.with_gradients = self.used = self.ended = self.claimed = self.first_batch = self.seen = False
        self.step, self.guesses, self.world, self.done_at = 0, 0, 1, 0.0
        self.asked = self.last = None  # the epoch that was asked for a batch, and that of the last step
        self.epochs = []  # those in progress
        self.looks = Looks()
        self.stop = Stop(self)
        self.short = ShortBatches(self.events.base + ".short") if self.events.base else None
        self.trained = TrainedSteps(self._done) if self.step_is != "batch" else None
        self.batches = BatchSteps(self._batch if self.step_is == "batch" else self._guess)
        self.segments = None  # set where the engine swaps settings while the script runs

    def prepare(self, loader_object):
        """An epoch is about to begin: its workers are not there yet."""
        loader = self.loaders.get(loader_object)
        if loader is not None and loader.role == "train" and loader.objects is None and loader_object.num_workers and self.events.base:
            from experiments_objects import DatasetObjects

            loader.objects = DatasetObjects(loader_object.dataset)

    def begin(self, loader_object, iterator, started):
        """An iterator is made or begins anew."""
        loader = self.loaders.get(loader_object)
        if loader is None:
            loader = self.loaders[loader_object] = Loader(-1, "unknown")
        old = getattr(iterator, "_experiments_epoch", None)
        if old is not None:
            self.end(old, "restarted")
        self.used = True
        if self.trained is not None:
            self.trained.ask(get_ident(), started)
        if loader.epochs == 0 and loader.site:
            self._succeed(loader, loader_object)
        epoch = iterator._experiments_epoch = _Epoch(loader, started, iterator, self.batches is not None and not self.with_gradients)
        self.with_gradients |= epoch.measured and not epoch.evaluates
        weakref.finalize(iterator, self.end, epoch, "dropped").atexit = False
        self.epochs.append(epoch)
        if epoch.pulls and loader_object.num_workers and self.short is not None:
            self.short.open()
        if self.batches is not None:
            self.batches.begin(epoch)

    def _succeed(self, loader, loader_object):
        gone, other = self.places.get(loader.site, (None, None))
        if gone is not None and gone() is None:
            loader.follow(other)
        self.places[loader.site] = weakref.ref(loader_object), loader

    def started(self, iterator, seconds):
        """The call of `iter` that an epoch began with took so long."""
        epoch = getattr(iterator, "_experiments_epoch", None)
        if epoch is not None and epoch.batches == 0:
            epoch.iter_seconds = seconds

    def before(self, epoch, now):
        """A batch is asked for: a step in progress ends. Returns the time from which the wait counts."""
        if self.synchronize_every and (self._is_sampled(self.step + 1) or self._is_sampled(self.step + 2)) and synchronize_cuda():
            now = _clock()
        done, epoch.asked = self.step + self.guesses, now
        if self.batches is not None:
            self.batches.ask(epoch, now)
        if self.trained is not None and (self.seen or self.guesses < _UNTRAINED):
            self.trained.ask(get_ident(), now)
        if epoch is not self.asked:
            self.asked, epoch.mark = epoch, now if epoch.batches else now - epoch.iter_seconds
        if self.step + self.guesses != done and now >= self.looks.due:
            self._look()
            now = _clock()
        if self.stop.wanted:
            self.stop.check()
        return now

    def after(self, epoch, asked, data, iterator):
        """A batch has come."""
        now, since = _clock(), epoch.asked
        wait = now - asked
        samples, positions = take(iterator)
        if samples is None or epoch.pulls:
            samples = self._samples(epoch, data, iterator, samples, positions)
        epoch.latest = samples
        if epoch.batches == 0:
            wait = epoch.start_seconds = epoch.iter_seconds + wait
            since -= epoch.iter_seconds
        epoch.batches += 1
        epoch.samples = None if samples is None or epoch.samples is None else epoch.samples + samples
        epoch.wait_seconds += wait
        thread = get_ident()
        is_evaluation = epoch.evaluates and not _gradients_on()
        if is_evaluation and (self.batches is None or not epoch.measured):
            self._set_aside(thread, now - epoch.mark)
            epoch.mark = now
            return
        if self.looks.to_weigh:
            self.looks.weigh(data)
        if not self.first_batch:
            self.first_batch = True
            self.events.phase("first_batch", wait_s=round(wait, 6), loader=epoch.loader.number)
        if self.batches is not None:
            self.batches.come(epoch, since, wait, samples)
        if self.trained is not None and not is_evaluation and (self.seen or self.guesses < _UNTRAINED):
            self.trained.come(epoch, since, wait, samples, thread)

    def serve(self, epoch, samples):
        """A batch has come that no loader made."""
        now = _clock()
        if self.batches is not None:
            self.batches.come(epoch, now, 0.0, samples)
        if self.trained is not None:
            self.trained.come(epoch, now, 0.0, samples, get_ident())

    def evidence(self, optimizer, is_pass=True):
        """An optimizer has made its step, or what the definition names was called; None: gradients were computed, by a backward pass or otherwise."""
        if self.first_batch and self.trained is not None:
            try:
                if self.step == 0 or not self.trained.optimized:
                    self._expect(optimizer)
                self.trained.evidence(optimizer, is_pass)
            except Exception as error:
                debug("evidence: %r" % (error,))

    def _expect(self, optimizer):
        """There is evidence, and it may be the first of its kind."""
        if not self.seen:
            self.seen, self.batches = True, None
            self.events.phase("evidence", by="gradients" if optimizer is None else "optimizer")
        elif optimizer is not None and not self.trained.optimized:
            self._optimizer_appears()
        if self.step == 0 and self.asked.evaluates and not self.asked.ended:
            self.asked.evaluates, self.asked.loader.apart = False, True

    def _optimizer_appears(self):
        """Gradients have been computed before: those of passes that are over were no training."""
        anew = self.step > 0 and self.trained.is_the_first_of_its_epoch(get_ident())
        if anew:
            self.step = 0
            self.stop.begin_anew()
            for loader in list(self.loaders.values()) + [loader for _, loader in self.places.values()]:
                loader.trains = loader.told = False
        self.events.phase("evidence", by="optimizer", anew=anew)

    def end(self, epoch, reason):
        """An epoch ends: exhausted, broken off, restarted, or by an exception."""
        if epoch.ended or os.getpid() != self.events.pid:
            return
        epoch.ended = True
        now = _clock()
        if epoch in self.epochs:
            self.epochs.remove(epoch)
        if self.trained is not None:
            self.trained.end(epoch, now)
        if self.batches is not None:
            self.batches.end(epoch)
        if reason == "end":
            if epoch.evaluates and not epoch.measured:
                self._set_aside(get_ident(), now - epoch.mark)
            elif not epoch.loader.trains:
                for other in self.epochs:
                    other.aside += now - epoch.started
        if self.segments is not None and reason == "end":
            self.segments.epoch(epoch, now - epoch.started - epoch.aside)
        if reason == "dropped":
            self._drop(epoch.loader, now)
        behind = reason == "end" and self.trained is not None and self.trained.is_behind(
            epoch, get_ident(), lambda end: self._tell_end(epoch, reason, max(now, end)))
        if not behind:
            self._tell_end(epoch, reason, now)

    def _drop(self, loader, now):
        """What an iterator needed to go, when a new one took its place, belongs to the call of `iter`."""
        for epoch in self.epochs:
            if epoch.loader is loader and epoch.batches == 0 and epoch.iter_seconds:
                epoch.iter_seconds = now - epoch.started

    def _tell_end(self, epoch, reason, now):
        self.events.phase(
            "epoch", loader=epoch.loader.number, first=epoch.loader.first, epoch=epoch.number, reason=reason,
            batches=epoch.batches, samples=epoch.samples, wait_s=round(epoch.wait_seconds, 6), start_s=round(epoch.start_seconds, 6),
            wall_s=round(now - epoch.started, 6), aside_s=round(epoch.aside, 6), trains=epoch.loader.trains,
        )

    def _set_aside(self, thread, seconds):
        """So long the script has evaluated: no part of a step, nor of the epoch around it."""
        for epoch in self.epochs:
            epoch.aside += seconds
        if self.trained is not None:
            self.trained.set_aside(thread, seconds)
        if self.batches is not None:
            self.batches.set_aside(seconds)

    def _samples(self, epoch, data, iterator, samples, positions):
        """Samples of a batch where the indices do not tell: as they were pulled, else as the batch looks."""
        if epoch.pulls and samples is not None:
            fetcher = getattr(iterator, "_dataset_fetcher", None)
            if fetcher is not None:
                return getattr(fetcher, "_experiments_pulled", samples)
            pulled = self.short.pulled(iterator._workers, positions, epoch.started) if self.short is not None else None
            return samples if pulled is None else pulled
        if samples is not None or self.stated_samples is not None:
            return samples
        samples, how = guess(data)
        if not epoch.loader.guessed and not epoch.evaluates:
            epoch.loader.guessed = True
            self.events.phase("samples", loader=epoch.loader.number, samples=samples, how=how)
        return samples

    def _is_sampled(self, step):
        return step % self.synchronize_every == 0

    def _done(self, parts, start, end, aside, kind="batch"):
        """A step is done."""
        if not self.claimed:
            self.claimed = True
            self.step = self.events.claim_steps()
            self.world = rank_and_world()[1]
        for part in parts:
            loader, part.epoch.stepped = part.epoch.loader, True
            if not loader.told:
                loader.told = loader.trains = True
                self.events.phase("trains", loader=loader.number, by=kind)
        self.step += 1
        extra = ',"sync":true' if self.synchronize_every and self._is_sampled(self.step) else ""
        if self.world > 1:
            extra += ',"ranks":%d' % self.world
        if len(parts) > 1:
            extra += ',"loaders":{%s}' % ",".join('"%d":%s' % (p.epoch.loader.number, p.samples or 0) for p in parts)
        if kind == "memory":
            extra += ',"memory":true'
        self.last = parts[-1].epoch
        start, self.done_at = max(start, self.done_at), max(end, self.done_at)  # several threads may train at once
        seconds, wait = self._write(self.events.step, self.step, parts, max(0.0, end - start - aside), end, extra)
        if self.stop.wanted:
            self.stop.count(self.step, seconds)
        if self.segments is not None:
            self.segments.step(sum(part.samples or 0 for part in parts), seconds, wait, kind)
        if kind in ("memory", "fed"):  # no batch is asked for in this thread
            if end >= self.looks.due:
                self._look()
            self.stop.check()

    def _batch(self, batch, besides, end, aside):
        """A batch is a step: the definition says so."""
        self._done([Part(*batch)] + (besides or []), batch[1], end, aside)

    def _guess(self, batch, besides, end, aside):
        """A batch may have been a step: nothing has trained so far."""
        self.guesses += 1
        epoch, asked, samples, wait = batch
        self.last, seconds = epoch if besides is None else besides[-1].epoch, end - asked - aside
        if self.guesses % _RANKS_EVERY == 1:
            self.world = rank_and_world()[1]
        if besides is not None or self.stated_samples:
            self._write(self.events.batch, self.guesses, [Part(*batch)] + (besides or []), seconds, end, "")
        else:
            self.events.batch(self.guesses, (samples or 0) * self.world, wait if wait < seconds else seconds, seconds, end, "")

    def _write(self, write, number, parts, seconds, end, extra):
        samples, wait = parts[0].samples, parts[0].wait
        for part in parts[1:]:
            wait += part.wait
            samples = None if part.samples is None or samples is None else samples + part.samples
        samples, wait = self.stated_samples or samples or 0, min(seconds, wait)
        write(number, samples * self.world, wait, seconds, end, extra)
        return seconds, wait

    def _look(self):
        try:
            self.looks.look(self.events, self.step or self.guesses, self.last)
        except Exception as error:
            debug("processes: %r" % (error,))

    def close(self, reason="exit"):
        """The process ends."""
        events = self.events
        if self.ended or os.getpid() != events.pid or not (self.used or events.lines):
            return
        if reason == "after_steps" and self.claimed:
            self._look()
        if self.trained is not None:
            self.trained.finish()
        for epoch in [epoch for epoch in self.epochs if epoch.loader.trains or epoch.measured]:
            self.end(epoch, reason)
        for name, value in cuda_peaks() + self.looks.worker_memory():
            events.metric(name, value, self.step)
        error = getattr(sys, "last_value", None)
        if error is not None:
            kind = type(error)
            events.phase(
                "exception", exception="%s.%s" % (kind.__module__, kind.__name__), message=str(error)[:2000], calls=_last_calls())
        self.ended = True
        if self.short is not None:
            self.short.close()
        events.phase("end", reason=reason, steps=self.step)


def _last_calls():
    """The functions in progress when the script's last exception was raised, the innermost last; not the whole of a deep recursion."""
    names, traceback = [], getattr(sys, "last_traceback", None)
    while traceback is not None:
        names.append(traceback.tb_frame.f_code.co_name)
        traceback = traceback.tb_next
    return names[-16:]


def _gradients_on():
    try:
        return sys.modules["torch"].is_grad_enabled()
    except Exception:
        return True
