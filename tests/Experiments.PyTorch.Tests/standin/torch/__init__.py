"""What the probe touches of torch, in plain Python, so that it runs on every Python version and with every signature."""
import os

__version__ = os.environ["STANDIN_TORCH"]


class version:
    cuda = None


class autograd:
    @staticmethod
    def backward():
        pass

    @staticmethod
    def grad():
        pass


class optim:
    class Optimizer:
        if __version__.startswith("2"):
            def _optimizer_step_code(self):
                pass

        def zero_grad(self):
            pass

        def step(self):
            if hasattr(self, "_optimizer_step_code"):
                self._optimizer_step_code()


def is_grad_enabled():
    return True
