# python/hpy/devel/__main__.py: `python -m hpy.devel`: prints flags and folders for build systems.
"""Prints what a build system needs to know of HPy's headers and libraries."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import sysconfig
from typing import List, Optional, Sequence

from hpy.devel._sdk import ABIS, HPyDevel, MissingSdkError
from hpy.devel._settings import ABI_VARIABLE, Settings, SettingsError
from hpy.devel.abitag import get_hpy_ext_suffix

USAGE = "python -m hpy.devel [--abi ABI] OPTION..."


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hpy.devel",
        usage=USAGE,
        description="Prints flags and folders for building HPy extensions in C and C++, one line for each option.",
    )
    parser.add_argument(
        "--abi", choices=ABIS, help=f"the ABI to build for; by default that of the variable {ABI_VARIABLE}, or cpython"
    )
    options = {
        "includes": "the compiler's options for the folders of headers",
        "cflags": "the same, and the macros that choose the ABI",
        "libs": "the library to link with",
        "suffix": "the end of the module's file name",
        "stub": "the file that loads a universal or hybrid module: copy it to NAME.py beside the module",
        "cmake-dir": "the folder of the CMake package, for hpy_DIR",
        "pkg-config-dir": "the folder of the packages hpy, hpy-universal and hpy-hybrid, for PKG_CONFIG_PATH",
    }
    for name, text in options.items():
        parser.add_argument(f"--{name}", dest="wanted", action="append_const", const=name, help=text)
    return parser


def answer(devel: HPyDevel, wanted: str, abi: str) -> str:
    """One line of output."""
    if wanted == "includes":
        return words(includes(devel, abi))
    if wanted == "cflags":
        return words([*includes(devel, abi), "-DHPY", f"-DHPY_ABI_{abi.upper()}"])
    if wanted == "libs":
        return words([devel.get_library(abi)])
    if wanted == "suffix":
        return get_hpy_ext_suffix(abi)
    folders = {"stub": devel.get_stub, "cmake-dir": devel.get_cmake_dir, "pkg-config-dir": devel.get_pkg_config_dir}
    return str(folders[wanted]())


def includes(devel: HPyDevel, abi: str) -> List[str]:
    folders = devel.get_extra_include_dirs()
    if abi == "universal":
        folders.insert(0, str(devel.get_include_dir_forbid_python_h()))
    else:
        paths = [sysconfig.get_path("include"), sysconfig.get_path("platinclude")]
        folders.extend(dict.fromkeys(paths))
    return [f"-I{folder}" for folder in folders]


def words(words: Sequence[str]) -> str:
    """As a shell splits them."""
    return " ".join(map(shlex.quote, words)) if os.name == "posix" else " ".join(f'"{word}"' for word in words)


def main(arguments: Optional[Sequence[str]] = None) -> int:
    command = parser()
    options = command.parse_args(arguments)
    if not options.wanted:
        command.error("name what is wanted, for example --cflags or --libs; --help lists all")
    try:
        devel = HPyDevel()
        abi = options.abi or Settings({}, "").abi()
        devel.get_library(abi)
        for wanted in options.wanted:
            print(answer(devel, wanted, abi))
    except (MissingSdkError, SettingsError) as error:
        command.error(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
