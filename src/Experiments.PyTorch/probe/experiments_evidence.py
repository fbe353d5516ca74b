"""Sees that a model trains: gradients, an optimizer's step, or a call that the definition names.

Used by `experiments_probe`. All is patched in place when the first batch is asked for, since torch is whole by then.
"""
import functools
import sys

from experiments_events import debug


def watch(recorder):
    """Tells the recorder of each computation of gradients and each optimizer's step."""
    torch = sys.modules.get("torch")
    try:
        _watch_gradients(torch.autograd, "backward", recorder.evidence, True)  # Tensor.backward calls it too
        _watch_gradients(torch.autograd, "grad", recorder.evidence, False)  # so does torch.func
    except Exception as error:
        debug("gradients: %r" % (error,))
    try:
        _watch_optimizers(torch.optim.Optimizer, recorder.evidence, _is_compiling(torch))
    except Exception as error:
        debug("optimizers: %r" % (error,))


def _watch_gradients(autograd, name, tell, is_pass):
    original = getattr(autograd, name)

    @functools.wraps(original)
    def gradients(*args, **kwargs):
        result = original(*args, **kwargs)
        tell(None, is_pass)
        return result

    _leave_to_python(gradients)
    setattr(autograd, name, gradients)


def _watch_optimizers(optimizer, tell, is_compiling):
    if hasattr(optimizer, "_optimizer_step_code"):  # runs after every step of every subclass; torch.profiler looks at its code

        def _optimizer_step_code(self):
            if not is_compiling():  # traced into a compiled step it would be a break in its graph; the backward pass tells enough
                tell(self)

        _leave_to_python(_optimizer_step_code)
        optimizer._optimizer_step_code = _optimizer_step_code
        return
    original = optimizer.zero_grad  # a torch before 1.12: it runs once a step as well

    @functools.wraps(original)
    def zero_grad(self, *args, **kwargs):
        result = original(self, *args, **kwargs)
        tell(self)
        return result

    optimizer.zero_grad = zero_grad


def watch_call(place, tell):
    """Tells of each call of `module:function` or `module:Class.method`; False while there is none of the name."""
    name, _, path = place.partition(":")
    owner, names = sys.modules.get(name), path.split(".")
    for part in names[:-1]:
        owner = getattr(owner, part, None)
    original = getattr(owner, names[-1], None)
    if not callable(original):
        return False

    @functools.wraps(original)
    def called(*args, **kwargs):
        result = original(*args, **kwargs)
        tell(called)
        return result

    setattr(owner, names[-1], called)
    return True


def _is_compiling(torch):
    return getattr(getattr(torch, "compiler", None), "is_compiling", None) or (lambda: False)


def _leave_to_python(function):
    """Keeps torch.compile from compiling a function of the probe."""
    try:
        sys.modules["torch"]._C._dynamo.eval_frame.skip_code(function.__code__)
    except Exception:
        pass  # a torch before 2.0 has no such compiler
