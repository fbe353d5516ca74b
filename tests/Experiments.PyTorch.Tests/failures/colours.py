"""A traceback in colours with the ranks before its lines, as Python 3.13, rich and torchrun print them."""
import sys

import torch.utils.data

sys.stderr.write("[rank0]: \x1b[35mTraceback (most recent call last):\x1b[0m\n[rank0]:   File \"run.py\", line 3, in <module>\n[rank0]:     import cv2\n")
sys.stderr.write("[rank0]: \x1b[1;35mModuleNotFoundError\x1b[0m: \x1b[35mNo module named 'cv2'\x1b[0m\n")
sys.stderr.flush()
sys.excepthook = lambda *error: None
import cv2
