#: rate none
#: cause skimage
#: never pip install skimage$
#: remedy pip install scikit-image
"""An import name that differs from the package's."""
import skimage.transform
