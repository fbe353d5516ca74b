"""Takes the probe's own frames out of the errors that Python prints, so that a script's error looks as it does by hand."""
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
_MOST = 50  # errors that are the cause of another


def hide_own_frames():
    shown = sys.excepthook

    def excepthook(kind, value, traceback):
        try:
            traceback = _without(traceback)
            _prune(value)
        except Exception:
            pass  # then it is shown as it is
        shown(kind, value, traceback)

    sys.excepthook = excepthook
    threading = sys.modules.get("threading")
    if hasattr(threading, "excepthook"):
        threading.excepthook = _of_threads(threading.excepthook)


def _of_threads(shown):
    def excepthook(args):
        try:
            _prune(args.exc_value)  # its entries are those that are printed
        except Exception:
            pass
        shown(args)

    return excepthook


def _prune(error):
    for _ in range(_MOST):
        if error is None:
            return
        error.__traceback__ = _without(error.__traceback__)
        error = error.__cause__ if error.__cause__ is not None else error.__context__


def _without(traceback):
    while traceback is not None and _is_own(traceback):
        traceback = traceback.tb_next
    entry = traceback
    while entry is not None:
        while entry.tb_next is not None and _is_own(entry.tb_next):
            entry.tb_next = entry.tb_next.tb_next
        entry = entry.tb_next
    return traceback


def _is_own(entry):
    return entry.tb_frame.f_code.co_filename.startswith(_HERE)
