#: workers 0 2
#: train pytorch: {module: nested.trains}
"""The same, run as a module."""
