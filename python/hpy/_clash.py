# python/hpy/_clash.py: reports a distribution named `hpy` in the folder where hpy-sys is: both own the package `hpy`.

from __future__ import annotations

import base64
import hashlib
import importlib.metadata as metadata
import sys
import warnings

# An error names at most this many overwritten files.
SHOWN = 3


def report(folder: str) -> None:
    """Raises ImportError where files of hpy-sys in `folder` are no longer its own, and warns where they still are."""
    found = {name(each): each for each in metadata.distributions(path=[folder])}
    other, own = found.get("hpy"), found.get("hpy-sys")
    if other is None:
        return
    both = f"hpy {other.version} and hpy-sys{' ' + own.version if own else ''} are both installed in {folder}"
    remedy = f"type `{sys.executable} -m pip uninstall hpy hpy-sys`, then install hpy-sys again"
    lost = overwritten(own) if own else []
    if lost:
        more = f" and {len(lost) - SHOWN} more" if len(lost) > SHOWN else ""
        raise ImportError(
            f"{both}. Both provide the package `hpy`, so only one can be: hpy has replaced or removed "
            f"{', '.join(lost[:SHOWN])}{more}. To keep hpy-sys, {remedy}",
            name="hpy",
            path=folder,
        )
    warnings.warn(
        f"{both}. Both provide the package `hpy`: hpy-sys is what runs, and uninstalling hpy alone would remove "
        f"files of hpy-sys. To keep hpy-sys, {remedy}",
        RuntimeWarning,
        stacklevel=2,
    )


def name(distribution: metadata.Distribution) -> str:
    """The normalised name; empty for a folder without a file of metadata, which CPython 3.15 raises OSError for."""
    try:
        return (distribution.metadata["Name"] or "").lower().replace("_", "-")
    except OSError:
        return ""


def overwritten(distribution: metadata.Distribution) -> list[str]:
    """The files of the package `hpy` that are missing, or differ from their hash in RECORD."""
    changed = []
    for file in distribution.files or []:
        if file.parts[0] != "hpy" or file.hash is None:
            continue
        try:
            with open(str(file.locate()), "rb") as opened:
                digest = hashlib.new(file.hash.mode, opened.read()).digest()
        except OSError:
            changed.append(str(file))
            continue
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != file.hash.value:
            changed.append(str(file))
    return changed
