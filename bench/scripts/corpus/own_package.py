#: rate none
#: script nested/train.py
#: cause helpers_of_mine
#: remedy PYTHONPATH|module
#: never pip install
"""A package of the user's own, beside the folder of the script."""
