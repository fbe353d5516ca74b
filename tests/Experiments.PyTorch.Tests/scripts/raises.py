import sys

from torch.utils.data import DataLoader

from common import Failing, Numbers


def boom():
    raise ValueError("boom")


if sys.argv[1] == "worker":
    dataset, workers = Failing(boom), 1
else:
    dataset, workers = Numbers(), 0
for step, batch in enumerate(DataLoader(dataset, batch_size=8, num_workers=workers)):
    if step == 5:
        raise KeyError("training bug")
