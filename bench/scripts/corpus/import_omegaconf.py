#: rate none
#: cause omegaconf
#: remedy pip install omegaconf
"""A package of its import's name."""
from omegaconf import OmegaConf
