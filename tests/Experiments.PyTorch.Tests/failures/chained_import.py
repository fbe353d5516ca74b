"""What libraries say of a package that is optional: the exception that ends the script is their own."""
import sys

import torch.utils.data

try:
    import skimage
except ImportError as error:
    if sys.argv[1] == "from":
        raise RuntimeError("install scikit-image to read images") from error
    raise RuntimeError("skimage is needed to read images")
