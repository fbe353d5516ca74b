import torch.utils.data

import a_module_that_nobody_has
