#: rate none
#: workers 0
#: exit 7
"""The script has its own reason to end with seven."""
import sys

import torch.utils.data

sys.exit(7)
