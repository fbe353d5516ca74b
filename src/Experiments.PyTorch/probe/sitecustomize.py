"""Attaches the Experiments probe to an unchanged PyTorch script.

Python imports a module of this name when it starts, if the folder is on PYTHONPATH. This one
  1. notes that the trial's first Python process has started (the first line of the events file),
  2. waits for `torch.utils.data.dataloader` to be imported and hands it to `experiments_probe`,
  3. runs the sitecustomize that it shadows: the distribution's, a virtual environment's, another tool's.
It imports nothing that Python has not loaded already, since every Python process of the trial pays for it. Without
`EXPERIMENTS_EVENTS` and `EXPERIMENTS_PROBE_*` it does no more than step 3. What goes wrong here never reaches the script.
"""
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))
_TARGET = "torch.utils.data.dataloader"


def _warn(message):
    if os.environ.get("EXPERIMENTS_PROBE_DEBUG"):
        sys.stderr.write("experiments probe: %s\n" % message)


def _append(path, line):
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    try:
        os.write(descriptor, line.encode("utf-8"))
    finally:
        os.close(descriptor)


def _announce(path):
    """Writes the first line of the events file, and the last one when this process ends in order."""
    import time

    try:
        if os.path.exists(path) and os.path.getsize(path) > 0:
            return  # a child of the process that announced itself
        version = "%d.%d.%d" % sys.version_info[:3]
        pid = os.getpid()
        _append(path, '{"schemaVersion":1,"type":"phase","name":"start","t":%.6f,"pid":%d,"python":"%s"}\n' % (time.time(), pid, version))
    except OSError as error:
        _warn("no events: %s" % error)
        return

    def end():
        probe = sys.modules.get("experiments_probe")
        if os.getpid() != pid or (probe is not None and probe.writes_its_own_end()):
            return
        try:
            _append(path, '{"type":"phase","name":"end","t":%.6f,"pid":%d}\n' % (time.time(), pid))
        except OSError as error:
            _warn("no end: %s" % error)

    import atexit

    atexit.register(end)


def _patch(module):
    try:
        if _HERE not in sys.path:  # the script rewrote sys.path before it imported torch
            sys.path.append(_HERE)
        import experiments_probe as probe

        probe.attach(module)
    except Exception as error:  # the probe never breaks a training
        _warn("not attached: %r" % (error,))


class _WaitForLoader:
    """A finder on sys.meta_path that lets one import happen, patches the module and is gone."""

    def find_spec(self, name, path=None, target=None):
        if name != _TARGET:
            return None
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        for finder in list(sys.meta_path):
            find = getattr(finder, "find_spec", None)
            spec = find(name, path, target) if find else None
            if spec is not None:
                self._wrap(spec.loader)
                return spec
        return None

    @staticmethod
    def _wrap(loader):
        try:
            execute = loader.exec_module

            def exec_module(module):
                execute(module)
                loader.__dict__.pop("exec_module", None)
                _patch(module)

            loader.exec_module = exec_module
        except Exception as error:
            _warn("cannot watch the import of torch: %r" % (error,))


def _run_shadowed():
    # importlib.util is not loaded yet and costs 4 ms; these two are part of every start.
    from _frozen_importlib import module_from_spec
    from _frozen_importlib_external import PathFinder

    here = os.path.realpath(_HERE)
    spec = PathFinder.find_spec("sitecustomize", [p for p in sys.path if os.path.realpath(p or ".") != here])
    if spec is None or spec.loader is None:
        return
    mine = sys.modules.get("sitecustomize")
    module = sys.modules["sitecustomize"] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules["sitecustomize"] = mine
        raise  # Python reports it as it does without the probe, and goes on


_events = os.environ.get("EXPERIMENTS_EVENTS")
if _events or any(name.startswith("EXPERIMENTS_PROBE_") for name in os.environ):
    if _events:
        _announce(_events)
    if _TARGET in sys.modules:
        _patch(sys.modules[_TARGET])
    else:
        sys.meta_path.insert(0, _WaitForLoader())
_run_shadowed()
