"""Holds a known amount of the device's memory while it trains, and tells what torch and nvidia-smi say of it."""
import os
import subprocess

import torch
from torch.utils.data import DataLoader

from clock import Clock
from pictures import Pictures, device


def main():
    where, clock, mebibytes = device(), Clock(), int(os.environ.get("HOLDS", "2048"))
    torch.zeros(1, device=where)
    free, total = torch.cuda.mem_get_info()
    print("own context_megabytes %.0f" % ((total - free - torch.cuda.memory_reserved()) / 2**20), flush=True)
    held = torch.zeros(mebibytes << 18, device=where)
    model = torch.nn.Linear(3 * 32 * 32, 10).to(where)
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-6)
    for number, (x, y) in enumerate(DataLoader(Pictures(size=32), batch_size=64, shuffle=True)):
        loss = torch.nn.functional.cross_entropy(model(x.flatten(1).to(where)), y.to(where)) + 0 * held[0]
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        clock.step(len(x))
        if number == 20:
            said = subprocess.run(
                ["nvidia-smi", "--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"], stdout=subprocess.PIPE, universal_newlines=True).stdout
            for line in said.splitlines():
                pid, _, used = line.partition(",")
                if pid.strip() == str(os.getpid()) and used.strip().isdigit():
                    print("own nvidia_smi_megabytes %s" % used.strip(), flush=True)
            print("own reserved_megabytes %.0f" % (torch.cuda.max_memory_reserved() / 2**20), flush=True)


if __name__ == "__main__":
    main()
