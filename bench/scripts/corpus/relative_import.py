#: rate none
#: script nested/relative.py
#: cause relative import
#: remedy module
#: never pip
"""A module of a package, run as a script."""
