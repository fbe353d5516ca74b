import os

from torch.utils.data import DataLoader

from common import Numbers

for _ in DataLoader(Numbers(), batch_size=8, shuffle=True):
    os.write(1, b"\xff\xfe\x00 caf\xe9\n")
    os.write(2, b"\x80\x81 warnung: \xfc\n")
