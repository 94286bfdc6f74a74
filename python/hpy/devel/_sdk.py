# python/hpy/devel/_sdk.py: where headers, libraries and packages for build systems are.

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Union

if TYPE_CHECKING:
    import os

ABIS = ("cpython", "universal", "hybrid")

# hpy-sys is for CPython. There the native ABI is the fastest, and needs nothing when it runs.
DEFAULT_HPY_ABI = ABIS[0]


class MissingSdkError(Exception):
    """The package has no headers and libraries."""


class HPyDevel:
    """The headers and libraries below a folder, by default those that hpy-sys brings for this CPython.

    The folder may be that of another SDK, as `cargo hpy sdk` writes it, or the `hpy/devel` of HPy's own package.
    """

    _DEFAULT_BASE_DIR = Path(__file__).parent

    def __init__(self, base_dir: Union[str, os.PathLike[str]] = _DEFAULT_BASE_DIR) -> None:
        self.base_dir = Path(base_dir)
        self.include_dir = self.base_dir / "include"
        self.src_dir = self.base_dir / "src" / "runtime"
        self._libraries: Dict[str, List[str]] = {}

    def get_extra_include_dirs(self) -> List[str]:
        """The folders of headers, which every ABI needs."""
        return [str(self.include_dir)]

    def get_include_dir_forbid_python_h(self) -> Path:
        """The folder that a universal module has before the others: there including `Python.h` is an error."""
        return self.include_dir / "hpy" / "forbid_python_h"

    def get_extra_sources(self) -> List[str]:
        """The C sources that every ABI needs without static libraries. hpy-sys has none: its runtime is a library."""
        return [str(file) for file in self._sources() if not file.name.startswith("ctx_")]

    def get_ctx_sources(self) -> List[str]:
        """The C sources that the native ABI needs in addition. hpy-sys has none."""
        return [str(file) for file in self._sources() if file.name.startswith("ctx_")]

    def _sources(self) -> List[Path]:
        return sorted(self.src_dir.glob("*.c"))

    def get_static_libs(self, hpy_abi: str) -> Optional[List[str]]:
        """The static libraries to link a module of this ABI with, or None if there are none."""
        if not self._libraries:
            folders = [folder for folder in (self.base_dir / "lib").glob("*") if folder.name in ABIS]
            self._libraries = {
                folder.name: sorted(str(file) for file in folder.iterdir() if file.is_file()) for folder in folders
            }
        return self._libraries.get(hpy_abi)

    def get_library(self, hpy_abi: str) -> str:
        """The one static library of an ABI; `MissingSdkError` if there is not exactly one."""
        found = self.get_static_libs(hpy_abi) or []
        if len(found) == 1 and (self.include_dir / "hpy.h").is_file():
            return found[0]
        raise MissingSdkError(
            f"{self.base_dir} has no headers and library for the ABI {hpy_abi}: install hpy-sys from a wheel, or from its "
            "sources with pip"
        )

    def get_cmake_dir(self) -> Path:
        """The folder of the CMake package, for `hpy_DIR`."""
        return self.base_dir / "lib" / "cmake" / "hpy"

    def get_pkg_config_dir(self) -> Path:
        """The folder of the packages `hpy`, `hpy-universal` and `hpy-hybrid`, for `PKG_CONFIG_PATH`."""
        return self.base_dir / "lib" / "pkgconfig"

    def get_stub(self) -> Path:
        """The file that loads a universal or hybrid module: a copy of it is `name.py` beside the module."""
        return self.base_dir / "share" / "hpy" / "stub.py"

    def fix_distribution(self, dist: Any) -> None:
        """Makes the commands of a `setuptools.Distribution` build its `hpy_ext_modules` with these headers and libraries."""
        from hpy.devel._setuptools import fix_distribution

        fix_distribution(self, dist)

    def build_ext_sanity_check(self, build_ext: Any) -> None:
        """Checks that a class for the command `build_ext` inherits from that of setuptools."""
        from hpy.devel._setuptools import check_build_ext

        check_build_ext(build_ext)
