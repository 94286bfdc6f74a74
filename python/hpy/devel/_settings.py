# python/hpy/devel/_settings.py: what a project's pyproject.toml says under [tool.hpy], and the variable HPY_ABI.

from __future__ import annotations

import os
import re
from importlib import import_module
from pathlib import Path
from typing import Any, Dict, List, Mapping

from hpy.devel._sdk import ABIS, DEFAULT_HPY_ABI

# The variable that chooses the ABI.
ABI_VARIABLE = "HPY_ABI"

# The start of [tool.hpy], however it is written.
_TABLE = re.compile(r"""\btool[\s.\]"']*hpy\b""")

_KEYS = {"abi": str, "ext-modules": list}


class SettingsError(Exception):
    """A setting is wrong; the text says where it stands, and what to write."""


class Settings:
    """The table [tool.hpy] of a project."""

    def __init__(self, table: Mapping[str, Any], where: str) -> None:
        for key, value in table.items():
            kind = _KEYS.get(key)
            if kind is None:
                raise SettingsError(f"{where}: there is no key {key!r} in [tool.hpy]: it may have {' and '.join(_KEYS)}")
            if not isinstance(value, kind):
                raise SettingsError(f"{where}: {key} in [tool.hpy] is {value!r}, and a {kind.__name__} is needed")
        self._table = table
        self._where = where

    @classmethod
    def of_project(cls, folder: str) -> Settings:
        """Those of the pyproject.toml in a folder; without one, none."""
        path = Path(folder, "pyproject.toml")
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return cls({}, str(path))
        # Most projects have no such table, and an old setuptools has no reader for it.
        if not _TABLE.search(text):
            return cls({}, str(path))
        table = _load(text, str(path)).get("tool", {}).get("hpy", {})
        return cls(table, str(path))

    def abi(self) -> str:
        """The ABI by the variable, else by the file, else the default."""
        variable = os.environ.get(ABI_VARIABLE)
        if variable:
            return checked_abi(variable, f"the variable {ABI_VARIABLE}")
        if "abi" in self._table:
            return checked_abi(self._table["abi"], f"{self._where}: abi in [tool.hpy]")
        return DEFAULT_HPY_ABI

    def modules(self) -> List[Dict[str, Any]]:
        """The arguments of `setuptools.Extension` for each module of the file."""
        return [self._module(table) for table in self._table.get("ext-modules", [])]

    def _module(self, table: Any) -> Dict[str, Any]:
        where = f"{self._where}: [[tool.hpy.ext-modules]]"
        if not isinstance(table, dict) or not isinstance(table.get("name"), str) or not table.get("sources"):
            raise SettingsError(f'{where} needs a name and sources: name = "package.module", sources = ["module.c"]')
        arguments = {key.replace("-", "_"): value for key, value in table.items()}
        # TOML has no tuples and no None.
        arguments["define_macros"] = [
            (macro, None) if isinstance(macro, str) else (macro[0], macro[1] if len(macro) > 1 else None)
            for macro in arguments.get("define_macros", [])
        ]
        return arguments


def checked_abi(abi: str, where: str) -> str:
    if abi not in ABIS:
        raise SettingsError(f"{where} is {abi!r}, and there is no such ABI: write cpython, universal or hybrid")
    return abi


def _load(text: str, where: str) -> Dict[str, Any]:
    toml: Any
    try:
        toml = import_module("tomllib")
    except ModuleNotFoundError:  # Before CPython 3.11. Setuptools, which asks, brings a reader.
        try:
            toml = import_module("setuptools._vendor.tomli")
        except ImportError as error:
            raise SettingsError(f"{where}: [tool.hpy] needs setuptools 64 or newer before Python 3.11") from error
    try:
        table: Dict[str, Any] = toml.loads(text)
        return table
    except toml.TOMLDecodeError as error:
        raise SettingsError(f"{where}: {error}") from error
