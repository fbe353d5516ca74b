import torch.utils.data

for x in range(3)
    print(x)
