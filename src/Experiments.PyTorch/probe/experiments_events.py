"""The events file of a trial, and what the probe reads of processes, ranks and CUDA. Used by `experiments_recorder`."""
import json
import os
import sys
import threading
import time

FLUSH_SECONDS = 0.1
_STEP = '{"type":"step","step":'
_FIGURES = '%d,"samples":%d,"wait_s":%.7f,"step_s":%.7f,"t":%.6f%s}'
_STEP_LINE = _STEP + _FIGURES
_BATCH_LINE = '{"type":"batch","step":' + _FIGURES


def debug(message):
    if os.environ.get("EXPERIMENTS_PROBE_DEBUG"):
        sys.stderr.write("experiments probe: %s\n" % message)


def setting(name, convert, default=None):
    """The value of EXPERIMENTS_<name>; the default where it is unset, empty or not understood."""
    text = os.environ.get("EXPERIMENTS_" + name, "")
    try:
        return convert(text) if text else default
    except ValueError:
        debug("%s: not understood: %r" % (name, text))
        return default


def boolean(text):
    if text.lower() in ("1", "true", "yes", "on"):
        return True
    if text.lower() in ("0", "false", "no", "off"):
        return False
    raise ValueError(text)


def rank_and_world():
    """(rank, world size) of this process, from torch.distributed if it is up, else from the launcher's environment."""
    distributed = sys.modules.get("torch.distributed")
    try:
        if distributed is not None and distributed.is_available() and distributed.is_initialized():
            return distributed.get_rank(), distributed.get_world_size()
        return int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
    except Exception:
        return 0, 1


class Events:
    """Appends lines to the events file; goes silent for good when the file cannot be written."""

    def __init__(self, path):
        self.base = path
        self.reset()

    def reset(self):
        """Begins anew in a forked child: the parent's unwritten lines and its descriptor are the parent's."""
        self.pid = os.getpid()
        self.path = self.base
        self.silent = not self.base
        self.lines = []  # text, and the figures of steps
        self._set_clock()
        self.descriptor = None
        self.lock = threading.Lock()

    def phase(self, name, **details):
        if not self.silent:
            event = {"type": "phase", "name": name, "t": round(time.time(), 6), "pid": self.pid}
            event.update(details)
            self.lines.append(json.dumps(event, default=str, separators=(",", ":")))
            self.flush()

    def metric(self, name, value, step):
        if not self.silent:
            event = {"type": "metric", "name": name, "value": value, "step": step, "t": round(time.time(), 6)}
            self.lines.append(json.dumps(event, separators=(",", ":")))

    def step(self, step, samples, wait_seconds, step_seconds, now, extra):
        """One step, at `now` of the performance counter. Its figures become text with those of others at the next flush, not between two batches."""
        if not self.silent:
            self.lines.append((step, samples, wait_seconds, step_seconds, now + self.clock_offset, extra))
            if now - self.flushed_at > FLUSH_SECONDS:
                self.flush()

    def batch(self, number, samples, wait_seconds, seconds, now, extra):
        """The same of a batch that is a step only if nothing ever trains."""
        if not self.silent:
            self.lines.append((_BATCH_LINE, (number, samples, wait_seconds, seconds, now + self.clock_offset, extra)))
            if now - self.flushed_at > FLUSH_SECONDS:
                self.flush()

    def flush(self):
        if not self.lock.acquire(False):
            return
        try:
            lines, self.lines = self.lines, []
            self._set_clock()
            if lines:
                text = [line if isinstance(line, str) else _STEP_LINE % line if line[0] is not _BATCH_LINE else _BATCH_LINE % line[1] for line in lines]
                os.write(self._open(), ("\n".join(text) + "\n").encode("utf-8"))
        except OSError as error:  # disk full, read-only folder: the log ends, the training goes on
            self._give_up(error)
        finally:
            self.lock.release()

    def claim_steps(self):
        """Makes this process the one whose steps count; returns the number of the last step that is there already."""
        if self.silent:
            return 0
        try:
            if self.descriptor is not None and self.path == self.base and rank_and_world()[0]:
                os.close(self.descriptor)  # the rank was not known yet when the first lines were written
                self.descriptor = None
            descriptor = self._open()
            if _lock(self.path + ".lock"):
                return _last_step(descriptor)
            os.write(descriptor, b'{"type":"phase","name":"besides","t":%.6f,"pid":%d}\n' % (time.time(), self.pid))
            os.close(descriptor)
            self.descriptor, self.path = None, "%s.pid%d" % (self.base, self.pid)
        except OSError as error:
            self._give_up(error)
        return 0

    def _set_clock(self):
        """When it was last written, and what the performance counter lacks to Unix time."""
        self.flushed_at = time.perf_counter()
        self.clock_offset = time.time() - self.flushed_at

    def _give_up(self, error):
        self.silent = True
        debug("log stopped: %s" % error)

    def _open(self):
        if self.descriptor is None:
            rank = rank_and_world()[0]
            if rank and self.path == self.base:
                self.path = "%s.rank%d" % (self.base, rank)
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
            self.descriptor = os.open(self.path, flags, 0o644)
        return self.descriptor


def _lock(path):
    """Takes a lock for as long as this process lives. A file of its own: who reads the events must not be shut out by it."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        return True
    descriptor = None
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    except OSError:  # a file system without locks, or a folder that takes no new file
        pass
    return True


def _last_step(descriptor):
    os.lseek(descriptor, max(0, os.fstat(descriptor).st_size - 65536), os.SEEK_SET)
    last = 0
    for line in os.read(descriptor, 65536).decode("utf-8", "replace").splitlines():
        if line.startswith(_STEP):
            last = int(line[len(_STEP) : line.index(",", len(_STEP))])
    return last


def process_times(pid):
    """(minor faults, user seconds, system seconds) of a process; zeros where /proc has none."""
    try:
        with open("/proc/%d/stat" % pid, "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
        ticks = float(os.sysconf("SC_CLK_TCK"))
        return int(fields[7]), int(fields[11]) / ticks, int(fields[12]) / ticks
    except (OSError, ValueError, IndexError):
        return 0, 0.0, 0.0


def reaped_children_times():
    """The same of all children that have ended: the workers of earlier epochs."""
    try:
        import resource

        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_minflt, usage.ru_utime, usage.ru_stime
    except (ImportError, OSError):
        return 0, 0.0, 0.0


def private_bytes(pid):
    """Private memory that a process shares with no other; it grows in workers that replicate the parent's objects.
    Batches on their way to the parent lie in shared memory: they are not in it, though for a moment nobody else maps them."""
    total = shared = 0
    try:
        with open("/proc/%d/smaps_rollup" % pid, "rb") as file:
            for line in file:
                if line.startswith(b"Private_"):
                    total += int(line.split()[1]) * 1024
                elif line.startswith(b"Pss_Shmem:"):
                    shared = int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        return None
    return max(0, total - shared)


def _cuda():
    cuda = getattr(sys.modules.get("torch"), "cuda", None)
    return cuda if cuda is not None and cuda.is_initialized() else None


def synchronize_cuda():
    try:
        cuda = _cuda()
        if cuda is not None:
            cuda.synchronize()
            return True
    except Exception as error:
        debug("synchronize: %r" % (error,))
    return False


def cuda_peaks():
    """(metric, MiB) of CUDA's allocator; empty where the script does not use CUDA."""
    try:
        cuda = _cuda()
        if cuda is not None:
            return [
                ("memory/gpu_allocated_peak_megabytes", cuda.max_memory_allocated() / 1048576.0),
                ("memory/gpu_reserved_peak_megabytes", cuda.max_memory_reserved() / 1048576.0),
            ]
    except Exception as error:
        debug("cuda peaks: %r" % (error,))
    return []
