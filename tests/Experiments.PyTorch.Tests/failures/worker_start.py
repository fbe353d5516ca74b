from torch.utils.data import DataLoader

from common import Numbers

if __name__ == "__main__":
    loader = DataLoader(Numbers(), batch_size=8, shuffle=True, num_workers=1, multiprocessing_context="spawn")
    for _ in range(2):
        for _ in loader:
            pass
