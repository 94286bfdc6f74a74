# python/hpy/devel/__init__.py: the package for building extensions in C and C++, with the names of HPy 0.9's `hpy.devel`.
"""Builds HPy extensions in C and C++ with setuptools, and knows where headers and libraries are.

A project names `hpy-sys` in the `requires` of its `[build-system]`. Its `setup.py` lists its modules as `hpy_ext_modules`, or
its `pyproject.toml` as `[[tool.hpy.ext-modules]]`. The ABI is, in this order, that of the option `--hpy-abi` or of `hpy_abi`
under `[global]` in `setup.cfg`, of the variable `HPY_ABI`, of `abi` under `[tool.hpy]` in `pyproject.toml`, or `cpython`.

For other build systems, `python -m hpy.devel --help` lists what can be asked for: flags, and the folders of the packages for
CMake and pkg-config.
"""

from __future__ import annotations

from typing import Any

from hpy.devel._sdk import ABIS, DEFAULT_HPY_ABI, HPyDevel, MissingSdkError
from hpy.devel._settings import SettingsError

__all__ = ["ABIS", "DEFAULT_HPY_ABI", "HPyDevel", "MissingSdkError", "SettingsError", "handle_hpy_ext_modules"]


def handle_hpy_ext_modules(dist: Any, attr: str, hpy_ext_modules: Any) -> None:
    """What setuptools calls for the argument `hpy_ext_modules` of `setup`."""
    # Only a build needs setuptools.
    from hpy.devel._setuptools import handle_hpy_ext_modules as handle

    handle(dist, attr, hpy_ext_modules)
