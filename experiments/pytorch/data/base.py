"""Datasets over the feature store."""
from data.padded import PaddedDataset
from data.ragged import RaggedDataset
from data.store import find_store


def open_datasets(args):
    store = find_store(args.data_path, args.dataset)
    kind = RaggedDataset if args.layout == "ragged" else PaddedDataset
    return {split: kind(store, store.of_split(split)) for split in ("train", "dev", "test")}
