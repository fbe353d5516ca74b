"""A training loop of about 1,000 steps a second beside four workers that share 200 MB with it: prints the seconds that its steps took."""
import os
import signal
import sys
import time

steps, work = int(sys.argv[1]), int(sys.argv[2])
held = bytearray(b"x" * (200 << 20))
workers = []
for _ in range(4):
    pid = os.fork()
    if pid == 0:
        own = bytearray(b"y" * (20 << 20))
        signal.pause()
        os._exit(0)
    workers.append(pid)
time.sleep(0.3)
start = time.perf_counter()
for _ in range(steps):
    total = 0
    for number in range(work):
        total += number
    batch = bytearray(256 << 10)  # a step takes fresh memory, so that a reader of the page tables would be felt
print(time.perf_counter() - start)
for pid in workers:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
