from torch.utils.data import DataLoader

from common import Numbers

loader = DataLoader(Numbers(), batch_size=8, shuffle=True, num_workers=16, pin_memory=True)
for epoch in range(2):
    print("epoch", epoch, sum(len(x) for x, _ in loader))
