from torch.utils.data import DataLoader

from common import Numbers

if __name__ == "__main__":
    dataset = Numbers()
    dataset.transform = lambda sample: sample
    for _ in DataLoader(dataset, batch_size=8, shuffle=True, num_workers=1, multiprocessing_context="spawn"):
        pass
