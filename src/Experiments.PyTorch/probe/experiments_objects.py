"""How much of a dataset's Python objects a worker has copied by touching them. Used by `experiments_recorder`.

A forked worker shares its parent's memory page by page until one of them writes to it, and to look at a Python object is
to write its reference count. Private memory that grows tells nothing: pages of a mapped file, buffers of batches, and what
the parent gives back while a worker holds on to it, all count as the worker's own. So the objects themselves are asked for:
addresses of some of them are noted before the fork, and `/proc/<pid>/pagemap` says whether their pages are still shared.
"""
import gc
import os
import sys
from itertools import islice

_PAGE = 4096
_LARGE = 1000  # elements from which a container can matter
_CONTAINERS, _ELEMENTS, _PARTS, _DEPTH = 8, 128, 4, 2
_VISITED = 2000
_SKIPPED = (type, type(sys), type(lambda: 0), type(len), type(None), bool)
_PRESENT, _EXCLUSIVE = 1 << 63, 1 << 56


class DatasetObjects:
    """A sample of the objects in the large containers below a dataset."""

    def __init__(self, dataset):
        self.groups = []  # (bytes of all objects of a container, addresses of some)
        for container in _large_containers(dataset):
            elements, addresses, seen = _parts(container, _ELEMENTS), [], set()
            size = sum(_weigh(element, _DEPTH, addresses, seen) for element in elements)
            if addresses:
                self.groups.append((size * _count(container) / len(elements), addresses))

    def copied_bytes(self, pid):
        """Bytes of the objects on pages that a forked worker shares with nobody; None where that cannot be told."""
        if not self.groups:
            return 0
        try:
            descriptor = os.open("/proc/%d/pagemap" % pid, os.O_RDONLY)
        except OSError:
            return None
        try:
            return int(sum(size * _copied(descriptor, addresses) / len(addresses) for size, addresses in self.groups))
        except OSError:  # it has ended
            return None
        finally:
            os.close(descriptor)


def _copied(descriptor, addresses):
    page, wanted = os.sysconf("SC_PAGE_SIZE"), _PRESENT | _EXCLUSIVE
    entries = (os.pread(descriptor, 8, address // page * 8) for address in addresses)
    return sum(int.from_bytes(entry, sys.byteorder) & wanted == wanted for entry in entries)


def _large_containers(root):
    found, queue, seen = [], [root], set()
    for value in queue:  # grows on the way
        if len(seen) >= _VISITED:
            break
        if id(value) in seen or isinstance(value, _SKIPPED):
            continue
        seen.add(id(value))
        if _count(value) >= _LARGE:
            found.append(value)
        else:
            queue.extend(_parts(value, _LARGE))
    return sorted(found, key=_count, reverse=True)[:_CONTAINERS]


def _weigh(value, depth, addresses, seen):
    """Bytes of an object and of what hangs below it, at most a page each, since that is what touching it copies."""
    if id(value) in seen or isinstance(value, _SKIPPED):
        return 0
    seen.add(id(value))
    addresses.append(id(value))
    size = min(_PAGE, sys.getsizeof(value, 0))
    parts = _parts(value, _PARTS) if depth else []
    if parts:
        size += sum(_weigh(part, depth - 1, addresses, seen) for part in parts) * max(1, _count(value) / len(parts))
    return size


def _holds_objects(value):
    return type(value).__name__ == "ndarray" and value.dtype.kind == "O"


def _count(value):
    for kind in (list, tuple, dict, set, frozenset):
        if isinstance(value, kind):
            return kind.__len__(value)
    return value.size if _holds_objects(value) else 0


def _parts(value, most):
    """What an object holds, at most so many parts, spread evenly. Runs no code of the script's."""
    count = _count(value)
    for kind in (list, tuple):
        if isinstance(value, kind):
            return [kind.__getitem__(value, index) for index in _spread(count, most)]
    for kind, walk in ((dict, dict.values), (set, set.__iter__), (frozenset, frozenset.__iter__)):
        if isinstance(value, kind):
            near = min(count, 64 * most)  # to walk further would take long
            return list(islice(walk(value), 0, near, max(1, -(-near // most))))
    if _holds_objects(value):
        return [value.flat[index] for index in _spread(count, most)]
    return gc.get_referents(value)[:most]


def _spread(count, most):
    return range(0, count, max(1, -(-count // most)))
