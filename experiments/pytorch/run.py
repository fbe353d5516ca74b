"""Trains a dialogue-act classifier on text, video and audio features: python run.py --dataset MELD-DA --num_workers 16 --train

The script knows nothing of the sweep that measures it. Its loaders are made in data/utils.py, with pin_memory hard-coded.
"""
import argparse
import logging
import os
import random

import numpy
import torch

from data.base import open_datasets
from data.utils import get_dataloaders
from methods.manager import Manager


def parse_arguments():
    parser = argparse.ArgumentParser(description="Multimodal dialogue-act classification")
    parser.add_argument("--dataset", type=str, default="MELD-DA", help="The name of the dataset.")
    parser.add_argument("--data_path", type=str, default="data", help="The feature store, or the folder that holds one a dataset.")
    parser.add_argument("--layout", choices=["padded", "ragged"], default="padded",
                        help="padded: float64, to the dataset's longest; ragged: float32, to the batch's longest.")
    parser.add_argument("--num_workers", type=int, default=0, help="The number of worker processes of each loader.")
    parser.add_argument("--train_batch_size", type=int, default=64)
    parser.add_argument("--eval_batch_size", type=int, default=64)
    parser.add_argument("--num_train_epochs", type=int, default=1)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--grad_clip", type=float, default=1.0)
    parser.add_argument("--hidden_size", type=int, default=128)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--gpu_id", type=str, default="0")
    parser.add_argument("--train", action="store_true", help="Whether to train the model.")
    parser.add_argument("--save_model", action="store_true", help="Whether to save the trained model.")
    parser.add_argument("--output_path", type=str, default="outputs", help="Where to save the model.")
    return parser.parse_args()


def set_seed(seed):
    random.seed(seed)
    numpy.random.seed(seed)
    torch.manual_seed(seed)


def main():
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    args = parse_arguments()
    set_seed(args.seed)
    args.device = torch.device("cuda:" + args.gpu_id if torch.cuda.is_available() else "cpu")
    datasets = open_datasets(args)
    manager = Manager(args, get_dataloaders(args, datasets), datasets["train"].store)
    if args.train:
        manager.train()
        if args.save_model:
            os.makedirs(args.output_path, exist_ok=True)
            torch.save(manager.model.state_dict(), os.path.join(args.output_path, "model.pt"))
    loss, accuracy = manager.evaluate("test")
    print("test loss %.4f accuracy %.4f" % (loss, accuracy))


if __name__ == "__main__":
    main()
