#: rate none
#: workers 0
#: cause Target|out of bounds
"""A label that the model has no output for."""
from torch.utils.data import DataLoader

from parts import Classifier, Rows

if __name__ == "__main__":
    net = Classifier(outputs=5)
    for x, y in DataLoader(Rows(), batch_size=16, shuffle=True):
        net.train(x, y)
