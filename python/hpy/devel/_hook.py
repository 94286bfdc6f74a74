# python/hpy/devel/_hook.py: what setuptools calls for every distribution, where hpy-sys is installed.

from __future__ import annotations

import os
from typing import Any

from hpy.devel._settings import Settings, SettingsError


def finalize_distribution(dist: Any) -> None:
    """Finds the HPy extensions that a pyproject.toml lists. A project without any is left alone, whatever its setuptools is."""
    try:
        modules = Settings.of_project(dist.src_root or os.curdir).modules()
    except SettingsError as error:
        from hpy.devel._setuptools import setup_error

        raise setup_error(str(error)) from error
    if modules and not getattr(dist, "hpy_ext_modules", None):
        from setuptools import Extension

        dist.hpy_ext_modules = [Extension(**arguments) for arguments in modules]


# Before setuptools looks at the keywords of `setup`, of which `hpy_ext_modules` is one.
finalize_distribution.order = -1  # type: ignore[attr-defined]
