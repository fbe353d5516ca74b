#: rate none
#: cause Cannot re-initialize CUDA
#: remedy CPU tensors|map_location|spawn
#: never ^--num_workers 0$
"""What torch raises where a dataset uses the GPU in a forked worker."""
from torch.utils.data import DataLoader, Dataset, get_worker_info


class OnDevice(Dataset):
    def __len__(self):
        return 100

    def __getitem__(self, index):
        if get_worker_info() is not None:
            raise RuntimeError("Cannot re-initialize CUDA in forked subprocess. To use CUDA with multiprocessing, you must use the 'spawn' start method")
        return index


if __name__ == "__main__":
    for batch in DataLoader(OnDevice(), batch_size=4, shuffle=True, num_workers=2):
        pass
