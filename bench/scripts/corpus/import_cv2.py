#: rate none
#: cause cv2
#: never pip install cv2$
#: remedy pip install opencv-python
"""The same, imported in a worker's module."""
import cv2
