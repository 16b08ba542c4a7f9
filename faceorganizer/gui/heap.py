"""The C library's memory, so that what is freed goes back to the system."""

import ctypes
import sys
from typing import Final

# Of glibc's malloc.h; see mallopt(3).
_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8

_LARGE: Final = 1 << 20  # bytes; pictures and arrays, each then in a mapping of its own
_TOP: Final = 4 << 20  # bytes that may lie free at the end of the heap
_ARENAS: Final = 2  # one for each thread would each keep its own gaps


def settle_heap() -> bool:
    """Let large blocks go back to the system when they are freed; returns whether that can be said here.

    By itself glibc takes large blocks out of its heap once it has seen some, where small ones that live long pin them:
    half a gigabyte lay free in the window after some minutes of wild use. To be called before threads start.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):  # another C library
        return False
    wanted = ((_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _TOP), (_ARENA_MAX, _ARENAS))
    return all(mallopt(option, value) for option, value in wanted)
