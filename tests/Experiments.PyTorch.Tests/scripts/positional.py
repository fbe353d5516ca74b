from torch.utils.data import DataLoader

from common import Numbers

# dataset, batch_size, shuffle, sampler, batch_sampler, num_workers, collate_fn, pin_memory
print(sum(len(x) for x, _ in DataLoader(Numbers(), 8, True, None, None, 3, None, True)))
