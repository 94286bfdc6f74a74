# python/hpy/devel/abitag.py: the ends of the file names of modules.
"""The file names of modules, as HPy's loaders look for them."""

from __future__ import annotations

import sysconfig
from typing import Optional, Tuple

HPY_ABI_VERSION = 0
HPY_ABI_VERSION_MINOR = 0
HPY_ABI_TAG = f"hpy{HPY_ABI_VERSION}"

# How many parts of a suffix, which `-` separates, name the interpreter; the others name the platform.
_PARTS = {"cpython": 2, "cp": 1, "pypy": 2, "graalpy": 3}


def parse_ext_suffix(ext_suffix: Optional[str] = None) -> Tuple[str, str]:
    """The tag of an interpreter and the extension of its modules: `('cp312', 'so')` for `.cpython-312-x86_64-linux-gnu.so`.

    Without an argument, those of the running interpreter.
    """
    suffix = ext_suffix or sysconfig.get_config_var("EXT_SUFFIX")
    start, soabi, extension = suffix.split(".")
    if start:
        raise ValueError(f"{suffix!r} is no suffix of extension modules: it has to begin with a dot")
    parts = soabi.split("-")
    count = next((count for name, count in _PARTS.items() if parts[0].startswith(name)), len(parts))
    # On Windows it is cp312 already.
    return "-".join(parts[:count]).replace("cpython-", "cp"), extension


def get_hpy_ext_suffix(hpy_abi: str, ext_suffix: Optional[str] = None) -> str:
    """The end of a module's file name: `.hpy0.so` for `universal`, `.hpy0-cp312.so` for `hybrid`."""
    tag, extension = parse_ext_suffix(ext_suffix)
    if hpy_abi == "cpython":
        return ext_suffix or sysconfig.get_config_var("EXT_SUFFIX")
    if hpy_abi == "universal":
        return f".{HPY_ABI_TAG}.{extension}"
    if hpy_abi == "hybrid":
        return f".{HPY_ABI_TAG}-{tag}.{extension}"
    raise ValueError(f"there is no ABI {hpy_abi!r}: it is cpython, universal or hybrid")
