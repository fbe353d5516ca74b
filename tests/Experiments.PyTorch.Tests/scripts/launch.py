"""Starts two ranks as torchrun does: one process each, told apart by the environment."""
import os
import socket
import subprocess
import sys

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
ranks = []
for rank in range(2):
    environment = dict(os.environ, RANK=str(rank), LOCAL_RANK=str(rank), WORLD_SIZE="2", MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    ranks.append(subprocess.Popen([sys.executable] + sys.argv[1:], env=environment, stdout=subprocess.PIPE))
for process in ranks:
    print(process.communicate()[0].decode().strip())
sys.exit(max(process.returncode for process in ranks))
