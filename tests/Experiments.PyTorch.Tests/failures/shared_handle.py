"""Two workers read one archive by the handle that was open when they were forked: each moves the other's place in the file."""
import io
import os
import zipfile

import torch
from torch.utils.data import DataLoader, Dataset

archive = io.BytesIO()
with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
    for i in range(64):
        members.writestr(str(i), os.urandom(200000))
descriptor = os.memfd_create("archive")
os.write(descriptor, archive.getvalue())


class Archive(Dataset):
    def __init__(self):
        self.members = zipfile.ZipFile(open(descriptor, "rb"))

    def __len__(self):
        return 2000

    def __getitem__(self, index):
        return torch.tensor(len(self.members.read(str(index % 64))))


for _ in DataLoader(Archive(), batch_size=8, shuffle=True, num_workers=4):
    pass
