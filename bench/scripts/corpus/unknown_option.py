#: rate none
#: workers 0 2
#: train args: [--num_workers, "{num_workers}"]
#: cause unrecognized arguments|--num_workers
#: remedy args|--workers
#: trials 1
"""An option that the script does not have."""
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--workers", type=int, default=0)
parser.parse_args()
