"""Ends the script once it has made its steps. Used by `experiments_recorder`."""
import atexit
import os
import signal
import sys
import threading
import time

from experiments_events import debug, rank_and_world, setting

_FORCE_AFTER = 3
_SIGNAL = getattr(signal, "SIGRTMAX", 0) - 3  # nobody's: it only wakes the main thread where another one ends the script
_PATIENCE_SECONDS = 5.0
_LEAD_STEPS = 2  # ranks are at most one step apart, so all of them hear of the end before it comes


def _wake(main, ending):
    """Ends the main thread after the one that trained: Python does not wait for a thread whose `join` was interrupted."""
    ending.join(_PATIENCE_SECONDS)
    signal.pthread_kill(main.ident, _SIGNAL)


class Stop:
    """Decides when the steps are done, and ends the script by SystemExit, so that `finally` and exit handlers run.

    With EXPERIMENTS_MEASURE_SECONDS the measured steps must also have taken so long; of several ranks the first decides
    that, and all end at the same step.
    """

    def __init__(self, recorder):
        self.recorder = recorder
        self.steps, self.warmup = setting("STEPS", int, 0), setting("WARMUP_STEPS", int, 0)
        self.seconds = setting("MEASURE_SECONDS", float, 0.0)
        self.wanted = os.environ.get("EXPERIMENTS_PROBE_STOP") == "after_steps" and self.steps > 0
        self.step, self.measured, self.stops, self.last, self.since = 0, 0.0, 0, None, time.time()
        self.agreement = recorder.events.base + ".stop" if recorder.events.base else None

    def listen(self):
        """Lets another thread end the script through the main one."""
        if self.wanted and _SIGNAL > 0 and threading.current_thread() is threading.main_thread():
            signal.signal(_SIGNAL, self._heard)

    def begin_anew(self):
        """What was counted so far were no steps."""
        self.step, self.measured = 0, 0.0

    def count(self, step, seconds):
        """A step is done."""
        self.step = step
        if step > self.warmup:
            self.measured += seconds

    def at_once(self):
        """The engine has measured all that it wants."""
        self.wanted, self.steps, self.warmup, self.seconds = True, 0, 0, 0.0

    def check(self):
        """Ends the script if it is time."""
        if self.wanted and (self.stops or self._is_time()):
            self.stops += 1
            if self.stops == 1:
                self.recorder.close("after_steps")
            self._end()

    def _is_time(self):
        is_enough = self.step >= self.warmup + self.steps
        if not self.seconds or self.recorder.world == 1:
            return is_enough and self.measured >= self.seconds
        if self.last is None and rank_and_world()[0] == 0:
            if is_enough and self.measured >= self.seconds:
                self.last = self.step + _LEAD_STEPS
                self._announce("%d" % self.last)
        elif self.last is None and is_enough:
            self.last = self._announced()
        return self.last is not None and self.step >= self.last

    def _announce(self, text):
        try:
            with open(self.agreement + ".new", "w") as file:
                file.write(text)
            os.replace(self.agreement + ".new", self.agreement)
        except (OSError, TypeError) as error:
            debug("ranks: %r" % (error,))

    def _announced(self):
        try:
            if os.path.getmtime(self.agreement) < self.since:
                return None  # another run's
            with open(self.agreement) as file:
                return int(file.read())
        except (OSError, TypeError, ValueError):
            return None

    def _end(self):
        main = threading.main_thread()
        if threading.current_thread() is main:
            if self.stops > _FORCE_AFTER:
                self._force()
        elif self.stops == 1:
            if signal.getsignal(_SIGNAL) != self._heard:
                self._force()
            threading.Thread(target=_wake, args=(main, threading.current_thread()), daemon=True).start()
        raise SystemExit(0)  # in another thread it ends that thread, without a word

    def _heard(self, number, frame):
        if self.stops:
            raise SystemExit(0)

    def _force(self):
        """The script catches everything: its exit handlers run, and it is over."""
        try:
            atexit._run_exitfuncs()
        except BaseException as error:
            debug("exit handlers: %r" % (error,))
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception as error:
                debug("flush: %r" % (error,))
        os._exit(0)
