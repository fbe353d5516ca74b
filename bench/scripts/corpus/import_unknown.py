#: rate none
#: cause No module named 'mylab_io'
#: never pip install mylab
"""A name that no table knows is not guessed at."""
import mylab_io
