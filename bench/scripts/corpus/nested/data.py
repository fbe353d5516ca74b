from torch.utils.data import DataLoader

from parts import Rows

loader = DataLoader(Rows(), batch_size=16, shuffle=True)
