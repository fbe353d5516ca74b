import os
import signal
import sys
import time

from torch.utils.data import DataLoader

from common import Numbers

for step, batch in enumerate(DataLoader(Numbers(), batch_size=8, shuffle=True, num_workers=1)):
    time.sleep(0.12)  # longer than the probe's flush interval
    if step == 5:
        print("leaving", flush=True)
        if sys.argv[1] == "sys":
            sys.exit(4)
        if sys.argv[1] == "os":
            os._exit(3)
        os.kill(os.getpid(), signal.SIGTERM)
