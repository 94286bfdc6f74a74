# abi-tests/python/restart.py: the code that each start of Python in the program `embed/restart.c` runs.

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import restart_use

try:
    import _interpreters as interpreters  # CPython 3.13 and later
except ImportError:
    import _xxsubinterpreters as interpreters

restart_use.use()
CODE = "import sys\nsys.path.insert(0, %r)\nimport restart_use\nrestart_use.use()" % HERE


def create(own_lock):
    if sys.version_info >= (3, 13):
        return interpreters.create("isolated" if own_lock else "legacy")
    return interpreters.create(isolated=own_lock)


# CPython 3.12 switches the raw allocator of the process for a moment while it creates an interpreter with its own lock, and
# then frees blocks of the checking allocator with another one.
mixed_up = sys.version_info[:2] == (3, 12) and os.environ.get("PYTHONMALLOC") == "debug"
for own_lock in (False, True) if sys.version_info >= (3, 12) and not mixed_up else (False,):
    number = create(own_lock)
    failure = interpreters.run_string(number, CODE if not own_lock else CODE.replace("use()", "use(own_lock=True)"))
    if failure is not None:
        raise AssertionError(failure)
    interpreters.destroy(number)
