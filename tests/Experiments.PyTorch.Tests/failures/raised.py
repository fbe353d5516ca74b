import sys

from torch.utils.data import DataLoader

from common import Failing, Numbers


def boom():
    raise ValueError("feature 3 has no frames")


if sys.argv[1] == "worker":
    for _ in DataLoader(Failing(boom), batch_size=8, num_workers=1):
        pass
for step, _ in enumerate(DataLoader(Numbers(), batch_size=8, shuffle=True)):
    if step == 3:
        raise RuntimeError("loss is nan")
