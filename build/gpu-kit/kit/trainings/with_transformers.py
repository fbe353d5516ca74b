"""A transformers Trainer over a small model that is made here: nothing is downloaded."""
import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainerCallback, TrainingArguments

from clock import Clock

BATCH = 32


class Texts(torch.utils.data.Dataset):
    def __len__(self):
        return 50000

    def __getitem__(self, index):
        return {"input_ids": (torch.arange(64) + index) % 1000, "attention_mask": torch.ones(64, dtype=torch.long), "labels": index % 2}


class Steps(TrainerCallback):
    def __init__(self):
        self.clock = Clock()

    def on_step_end(self, arguments, state, control, **others):
        self.clock.step(BATCH)


if __name__ == "__main__":
    model = BertForSequenceClassification(BertConfig(vocab_size=1000, hidden_size=128, num_hidden_layers=2, num_attention_heads=4, intermediate_size=256))
    arguments = TrainingArguments(
        "out", per_device_train_batch_size=BATCH, dataloader_num_workers=2, num_train_epochs=1, report_to=[], save_strategy="no", logging_strategy="no", disable_tqdm=True)
    Trainer(model, arguments, train_dataset=Texts(), callbacks=[Steps()]).train()
