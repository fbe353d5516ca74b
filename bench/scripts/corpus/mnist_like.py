"""The classic: convolutions, NLL, a scheduler, a test pass, the state is saved."""
import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

from own import Clock


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.fc = torch.nn.Conv2d(1, 4, 3), torch.nn.Linear(4 * 36, 10)

    def forward(self, x):
        return F.log_softmax(self.fc(torch.flatten(F.max_pool2d(F.relu(self.conv(x)), 2), 1)), dim=1)


def main():
    torch.manual_seed(1)
    data, clock = TensorDataset(torch.rand(1200, 1, 14, 14), torch.randint(0, 10, (1200,))), Clock()
    training, testing = DataLoader(data, batch_size=32, shuffle=True, num_workers=1), DataLoader(data, batch_size=400)
    model = Net()
    optimizer = torch.optim.Adadelta(model.parameters())
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.7)
    for epoch in range(2):
        model.train()
        clock.begin()
        for x, y in training:
            optimizer.zero_grad()
            loss = F.nll_loss(model(x), y)
            loss.backward()
            optimizer.step()
            clock.step(len(x))
        clock.end()
        print("epoch %d loss %.5f" % (epoch, loss.item()))
        model.eval()
        with torch.no_grad():
            print("right %d" % sum((model(x).argmax(1) == y).sum().item() for x, y in testing))
        scheduler.step()
    torch.save(model.state_dict(), "weights.pt")


if __name__ == "__main__":
    main()
