"""Prints the milliseconds that the probe takes to be imported and attached once torch is there: attach.py PROBE_FOLDER"""
import os
import sys
import time

import torch.utils.data.dataloader as module

sys.path.insert(0, sys.argv[1])
os.environ["EXPERIMENTS_EVENTS"] = os.devnull
began = time.process_time()
import experiments_probe

experiments_probe.attach(module)
print("%.6f" % ((time.process_time() - began) * 1000))
