"""Where a training step begins and ends. Used by `experiments_recorder`.

`TrainedSteps` goes by evidence: batches belong to a step once gradients or an optimizer's step follow them, and the step
ends when the next batch is asked for. So a pass over the data that computes a mean, a list made of a loader and validation
are no steps, and two loaders that feed one step are one step. Once an optimizer makes steps, gradients alone (of a validation,
of adversarial examples) train no loader on whose batches none does. Two ways of training ask no loader between steps:
  - a thread that takes the batches ahead: they are counted in their order as the training uses them up (`_Feed`);
  - batches kept in memory (a list, itertools.cycle): the steps of the optimizer are the steps, of as many samples as the
    loader's batches held; the record says so. Nothing is loaded then: what takes much longer than a step is no part of one.
A loop that fetches ahead in its own thread trains on batches that came before: they are held back (`Ahead`), and the
training that follows the loader's end belongs to its pass.
`BatchSteps` takes each batch of the loader that seems to train for a step: where the definition asks for it, and as a guess
for scripts in which nothing trains.
"""
import time
from collections import deque
from threading import get_ident

_clock = time.perf_counter
_PATIENCE = 20  # steps of an optimizer without a new batch, after which the batches must lie in memory
_IDLE_BATCHES = 16
_MOST_AHEAD = 3
_MOST_KEPT = 100000
_PAUSE = 4  # so many times the usual step from memory, and the script has done something else


class Part:
    """What one loader gave to a step."""

    __slots__ = ("epoch", "batches", "samples", "further", "wait", "asked", "is_over")

    def __init__(self, epoch, asked, samples, wait):
        self.epoch, self.asked, self.wait = epoch, asked, wait
        self.batches, self.samples, self.further = 1, samples, None  # further: the samples of each batch, once there are several
        self.is_over = False  # a pass of a single batch, of a loader that is not known to train

    def add(self, samples, wait):
        if self.further is None:
            self.further = [self.samples]
        self.batches += 1
        if self.batches <= _MOST_KEPT:
            self.further.append(samples)
        self.samples = None if samples is None or self.samples is None else self.samples + samples
        self.wait += wait

    def each(self):
        """The samples of each of its batches, of the first ones."""
        return [self.samples] if self.further is None else self.further


class Ahead:
    """The samples of batches that a pass has given and that the training has not come to."""

    __slots__ = ("loader", "waiting")

    def __init__(self, loader):
        self.loader, self.waiting = loader, None

    def train(self, part):
        """Leaves to a step the samples that it has trained on: the first of a pass takes several batches where a loop fetches ahead."""
        if self.waiting is None:
            self.waiting = deque()
            if 1 < part.batches <= _MOST_AHEAD + 1 and not self.loader.several:
                self.waiting.extend(part.further[1:])
                part.samples = part.further[0]
        elif self.waiting:
            if part.batches > 1:
                self.loader.several = True  # each step takes several
                all_samples = part.each() + list(self.waiting)
                part.samples = None if None in all_samples else sum(all_samples)
                self.waiting.clear()
            else:
                self.waiting.append(part.samples)
                part.samples = self.waiting.popleft()


class _Step:
    """Batches that may be a step's, in one thread."""

    __slots__ = ("parts", "trained", "first_trained", "aside")

    def __init__(self):
        self.parts, self.trained, self.first_trained, self.aside = [], None, None, 0.0

    def add(self, epoch, asked, samples, wait):
        for part in self.parts:
            if part.epoch is epoch:
                return part.add(samples, wait)
        self.parts.append(Part(epoch, asked, samples, wait))

    def is_over(self):
        for part in self.parts:
            if not part.epoch.ended:
                return False
        return True

    def training(self):
        """The parts that were trained on: a loader whose pass was over before the step's batches came, or that gave many, has been evaluated on meanwhile."""
        parts = [part for part in self.parts if not part.is_over] or self.parts
        most = max((part.batches for part in parts if part.epoch.loader.trains), default=parts[-1].batches)
        return [part for part in parts if part.epoch.loader.trains or part.batches <= most]


class TrainedSteps:
    """Steps by evidence. `done(parts, start, end, aside, kind)` is told of each."""

    def __init__(self, done):
        self.done = done
        self.open = {}  # by thread
        self.feed = _Feed(self)
        self.marks, self.most_marks, self.optimizer = 0, 1, None  # steps of one optimizer since a batch was asked for
        self.optimized = self.any_done = False
        self.in_memory, self.last_epoch = False, None
        self.times = []  # of these marks, while no batch is in hand
        self.usual = deque(maxlen=32)  # seconds of the latest steps from memory
        self.asked = {}  # when a batch was asked for last, by thread
        self.behind = None  # (epoch, thread, since, what to call): the pass is over, the training of its last batches is not

    def ask(self, thread, now):
        """A batch is asked for, to train or to evaluate."""
        self.asked[thread] = now
        if self.behind is not None:
            self.finish()
        step = self.open.get(thread)
        if step is not None and step.trained is not None:
            self.close(thread, now)
        if thread == self.feed.trainer:
            self.feed.since = None  # what the training does now is not known to be a step
        self.marks = 0
        if self.times:
            self.times = []

    def come(self, epoch, asked, wait, samples, thread):
        """A batch has come that may be trained on."""
        if epoch.loader.feeds and thread != self.feed.trainer:
            self.feed.put(epoch, samples)
            return
        step = self.open.get(thread)
        if step is None:
            step = self.open[thread] = _Step()
        step.add(epoch, asked, samples, wait)

    def is_the_first_of_its_epoch(self, thread):
        """Whether the step in progress belongs to epochs that have made none so far."""
        step = self.open.get(thread)
        return step is not None and not any(part.epoch.stepped for part in step.parts)

    def evidence(self, optimizer, is_pass=True):
        """A backward pass has ended or other gradients are computed (None), or an optimizer's step."""
        now, thread = _clock(), get_ident()
        step = self.open.get(thread)
        if optimizer is not None:
            self.optimized = True
        if step is not None and self.behind is None and not step.parts[0].epoch.ended:  # as a rule
            self._train(step, optimizer, now)
            return
        has_batch = step is not None and not step.is_over()
        if self.behind is not None and self.behind[1] == thread:
            self._catch_up(optimizer is not None or (is_pass and not self.optimized), now)
            return
        if not has_batch and self.feed.take_over(self.open, thread):
            if is_pass:
                self.feed.use(optimizer, now)
            return
        if self._train(step, optimizer, now) and not has_batch:
            self.times.append(now)
            if self.in_memory or self.marks > max(_PATIENCE, 4 * self.most_marks):
                self._from_memory(thread, step)

    def _train(self, step, optimizer, now):
        """Whether the optimizer whose steps are counted has made one."""
        if step is not None:
            step.trained = now
            if step.first_trained is None:
                step.first_trained = now
        if optimizer is None:
            return False
        if step is not None:
            for part in step.parts:
                part.epoch.loader.optimized = True
        if self.marks == 0:
            self.optimizer = id(optimizer)
        if id(optimizer) != self.optimizer:
            return False
        self.marks += 1
        return True

    def _from_memory(self, thread, step):
        if step is not None:
            self.close(thread, step.first_trained)
        epoch, times = self.last_epoch, self.times
        self.in_memory, self.times = True, times[-1:]
        if epoch is not None:
            for since, now in zip(times, times[1:]):
                part = Part(epoch, since, None if epoch.samples is None else int(epoch.samples / epoch.batches + 0.5), 0.0)
                self.done([part], since, now, self._pause(now - since), "memory")

    def _pause(self, seconds):
        """How much of the time since the last step from memory is none of this one."""
        usual = sorted(self.usual)[len(self.usual) // 2] if len(self.usual) > 3 else seconds
        if seconds > _PAUSE * usual:
            return seconds - usual
        self.usual.append(seconds)
        return 0.0

    def is_behind(self, epoch, thread, then):
        """Whether the training has yet to come to batches of a pass that is over; `then` is called when it has, or does something else."""
        if not epoch.ahead.waiting or thread in self.open or thread not in self.asked:
            return False
        self.behind = epoch, thread, self.asked[thread], then
        return True

    def _catch_up(self, is_step, now):
        epoch, thread, since, then = self.behind
        if is_step:
            part = Part(epoch, since, epoch.ahead.waiting.popleft(), 0.0)
            self.behind = epoch, thread, now, then
            self.done([part], since, now, 0.0, "trained")
            if not epoch.ahead.waiting:
                self.finish()

    def finish(self):
        """The pass that the training was behind of is over for it, too."""
        if self.behind is not None:
            (_, _, end, then), self.behind = self.behind, None
            then(end)

    def close(self, thread, end):
        """The step in progress has ended."""
        step = self.open.pop(thread)
        self.most_marks, self.in_memory = max(self.most_marks, self.marks), False
        parts = step.parts if len(step.parts) == 1 else step.training()
        since, optimized = end, not self.optimized
        for part in parts:
            since, optimized = min(since, part.asked), optimized or part.epoch.loader.optimized
        if optimized:
            self.any_done = True
            for part in parts:
                if part.epoch.ahead.waiting is None or part.epoch.ahead.waiting:
                    part.epoch.ahead.train(part)
            self.done(parts, since, end, step.aside, "trained")

    def end(self, epoch, now):
        """A pass over a loader is over, exhausted or dropped."""
        if epoch.batches and not epoch.evaluates and (self.last_epoch is None or epoch.loader.role == "train"):
            self.last_epoch = epoch
        for thread, step in list(self.open.items()):
            for part in step.parts:
                if part.epoch is not epoch:
                    continue
                if step.trained is not None:
                    if step.is_over():
                        self.close(thread, step.trained)  # the script may do anything since
                elif part.batches == 1:
                    part.is_over = not epoch.loader.trains and (self.any_done or epoch.loader.role != "train")
                else:  # nothing trained between them
                    step.parts.remove(part)
                    step.aside += now - part.asked
                    if not step.parts:
                        del self.open[thread]
                break

    def set_aside(self, thread, seconds):
        """The script has evaluated for so long while a step may be in progress."""
        step = self.open.get(thread)
        if step is not None and step.trained is None:
            step.aside += seconds


class _Feed:
    """Batches that another thread takes ahead, used up in their order by the thread that trains."""

    def __init__(self, steps):
        self.steps = steps
        self.trainer = self.since = self.optimizer = None
        self.waiting = deque(maxlen=100000)  # (epoch, samples, when it came)
        self.passes = 0

    def put(self, epoch, samples):
        self.waiting.append((epoch, samples, _clock()))

    def take_over(self, steps, thread):
        """Whether the training is fed by another thread: so once nothing else was asked in its own."""
        for other, step in list(steps.items()):
            if other == thread or not any(part.epoch.loader.role == "train" for part in step.parts):
                continue
            del steps[other]
            self.trainer = thread
            for part in step.parts:
                part.epoch.loader.feeds = True
                for samples in part.each():
                    self.put(part.epoch, samples)
        return self.trainer == thread

    def use(self, optimizer, now):
        """The training has made a backward pass, or a step of its optimizer."""
        if optimizer is None:
            self.passes += 1
            if self.optimizer is not None or self.passes < _PATIENCE:
                return  # the optimizer's step is what counts, where there is one
            self.passes = 1
        elif self.optimizer is None:
            self.optimizer = id(optimizer)
        if optimizer is not None and id(optimizer) != self.optimizer:
            return
        parts, first = {}, None
        for _ in range(max(1, self.passes)):  # one batch for each backward pass
            if self.waiting:
                epoch, samples, came = self.waiting.popleft()
                first = first or came
                if epoch in parts:
                    parts[epoch].add(samples, 0.0)
                else:
                    parts[epoch] = Part(epoch, came, samples, 0.0)
        self.passes = 0
        if not parts:
            return  # a further step on the same batch
        since, self.since = self.since, now
        if since is not None:
            next(iter(parts.values())).wait = min(max(0.0, first - since), now - since)
            self.steps.done(list(parts.values()), since, now, 0.0, "fed")


class BatchSteps:
    """A step for each batch of one loader at a time, the lead; `done(batch, besides, end, aside)` is told of each.

    A batch is (epoch, when it was asked for, samples, seconds waited): where nothing trains this is all that there is to do, so it is little.
    """

    def __init__(self, done):
        self.done = done
        self.lead = self.batch = self.besides = None  # besides: parts of other loaders
        self.aside, self.idle = 0.0, 0

    def begin(self, epoch):
        lead = self.lead
        if epoch.measured and (lead is None or lead.ended or lead.loader is epoch.loader):
            if lead is not None and lead.batches == 1:
                self.ask(lead, epoch.started)  # one batch of each iterator: next(iter(loader))
            self.lead, self.batch = epoch, None

    def ask(self, epoch, now):
        batch = self.batch
        if batch is not None and epoch is self.lead:
            self.batch = None
            self.done(batch, self.besides, now, self.aside)

    def come(self, epoch, asked, wait, samples):
        if epoch is self.lead:
            self.idle, self.batch, self.besides, self.aside = 0, (epoch, asked, samples, wait), None, 0.0
        elif epoch.measured:
            if self.batch is not None:
                step = _Step()
                step.parts = self.besides or []
                step.add(epoch, asked, samples, wait)
                self.besides = step.parts
            self.idle += 1
            if self.idle > _IDLE_BATCHES:  # the former lead is held by someone, but not used any more
                self.lead, self.batch, self.idle = epoch, None, 0

    def end(self, epoch):
        if epoch is self.lead and epoch.batches > 1:
            self.batch = None  # what the script has done since its last batch is not known to be a step

    def set_aside(self, seconds):
        self.aside += seconds
