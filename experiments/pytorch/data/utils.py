"""The loaders."""
import logging

from torch.utils.data import DataLoader

logger = logging.getLogger(__name__)


def get_dataloaders(args, data):
    """Loaders of the three splits."""
    logger.info("Generate Dataloader...")
    train_dataloader = DataLoader(data["train"], shuffle=True, batch_size=args.train_batch_size,
                                  num_workers=args.num_workers, pin_memory=True, collate_fn=data["train"].collate)
    dev_dataloader = DataLoader(data["dev"], batch_size=args.eval_batch_size,
                                num_workers=args.num_workers, pin_memory=True, collate_fn=data["dev"].collate)
    test_dataloader = DataLoader(data["test"], batch_size=args.eval_batch_size,
                                 num_workers=args.num_workers, pin_memory=True, collate_fn=data["test"].collate)
    return {"train": train_dataloader, "dev": dev_dataloader, "test": test_dataloader}
