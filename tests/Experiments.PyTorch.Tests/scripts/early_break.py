from torch.utils.data import DataLoader

from common import Numbers

loader = DataLoader(Numbers(), batch_size=8, shuffle=True, num_workers=1)
for epoch in range(3):
    for step, (x, _) in enumerate(loader):
        if step == 4:
            break
    print(epoch, len(x))
print(sum(len(next(iter(loader))[0]) for _ in range(5)))
