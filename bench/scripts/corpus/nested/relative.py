from .data import loader
