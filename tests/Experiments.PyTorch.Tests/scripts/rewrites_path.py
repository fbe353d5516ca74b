"""Rewrites sys.path and the excepthook before torch is imported."""
import os
import sys

sys.path[:] = [p for p in sys.path if "probe" not in os.path.basename(p)]
sys.excepthook = lambda kind, error, trace: print("own hook", kind.__name__)

from torch.utils.data import DataLoader  # noqa: E402

from common import Numbers  # noqa: E402

print(sum(len(x) for x, _ in DataLoader(Numbers(), batch_size=8, shuffle=True)))
raise ValueError("shown by the own hook")
