"""A command line that is not what the definition believes, by several parsers."""
import argparse
import sys

import torch.utils.data

kind = sys.argv.pop(1)
if kind == "argparse":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=0)
    parser.parse_args()
if kind == "required":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.parse_args([])
if kind == "value":
    parser = argparse.ArgumentParser()
    parser.add_argument("--num_workers", type=int, choices=[9])
    parser.parse_args()
if kind == "click":
    sys.stderr.write("Usage: arguments.py [OPTIONS]\nTry 'arguments.py --help' for help.\n\nError: No such option: %s\n" % sys.argv[1])
    sys.exit(2)
if kind == "transformers":
    raise ValueError("Some specified arguments are not used by the HfArgumentParser: %s" % sys.argv[1:])
if kind == "own":
    sys.exit(2)
