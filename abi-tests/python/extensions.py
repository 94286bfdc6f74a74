# abi-tests/python/extensions.py: other extensions: copies of the library, which the dynamic linker loads separately.

import atexit
import os
import shutil
import struct
import tempfile

from support import LIBRARY

# The mark of a type's record, `MARK` in src/native/types/record.rs. A copy with another mark acts as an extension whose
# runtime has another layout of the record.
MARK = struct.pack("=Q", 0x4850795F73797306)
OTHER_MARK = struct.pack("=Q", 0x4850795F737973FF)

_folder = None


def _path(name):
    global _folder
    if _folder is None:
        _folder = tempfile.mkdtemp(prefix="hpy-extensions-")
        atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    return os.path.join(_folder, name + os.path.splitext(LIBRARY)[1])


def copy(name):
    """The path of a copy of the library."""
    path = _path(name)
    if not os.path.exists(path):
        shutil.copyfile(LIBRARY, path)
    return path


def copy_of_other_layout():
    """The path of a copy with another mark: it treats the types of other extensions as foreign, and they treat its types so.
    None where the code does not contain the mark as one constant."""
    path = _path("other_layout")
    if not os.path.exists(path):
        with open(LIBRARY, "rb") as file:
            code = file.read()
        if MARK not in code:
            return None
        with open(path, "wb") as file:
            file.write(code.replace(MARK, OTHER_MARK))
    return path
