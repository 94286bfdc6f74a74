# python/hpy/devel/_setuptools.py: setuptools' commands, for distributions that have HPy extensions.

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple, Type

import setuptools

try:
    from setuptools import errors
    from setuptools.command.build import build
    from setuptools.command.build_ext import build_ext
except ImportError as error:
    raise ImportError(
        f"hpy.devel needs setuptools 64 or newer, and this is setuptools {setuptools.__version__}: write "
        'requires = ["setuptools>=64", "hpy-sys"] under [build-system] in pyproject.toml, or install a newer one'
    ) from error

from hpy.devel._sdk import ABIS, HPyDevel, MissingSdkError
from hpy.devel._settings import Settings, SettingsError, checked_abi
from hpy.devel.abitag import get_hpy_ext_suffix

log = logging.getLogger(__name__)


def setup_error(text: str) -> Exception:
    """An error that setuptools prints without a traceback."""
    return errors.SetupError(text)


def handle_hpy_ext_modules(dist: Any, attr: str, hpy_ext_modules: Any) -> None:
    """Prepares a distribution that has HPy extensions; once, though setuptools may ask several times."""
    if getattr(dist, "hpydevel", None):
        return
    if not isinstance(hpy_ext_modules, (list, tuple)) or not all(
        isinstance(each, setuptools.Extension) for each in hpy_ext_modules
    ):
        raise setup_error(f"{attr} is {hpy_ext_modules!r}, and a list of setuptools.Extension is needed")
    check_names([each.name for each in hpy_ext_modules], attr)
    from hpy import devel

    # A setup.py may have put another class there, for another SDK.
    devel.HPyDevel().fix_distribution(dist)


def fix_distribution(devel: HPyDevel, dist: Any) -> None:
    """Adds the HPy extensions to the distribution's extensions, the options for them, and the commands that build them."""
    dist.hpydevel = devel
    # A configuration file and the command line may set these.
    dist.hpy_abi = getattr(dist, "hpy_abi", None) or settings_abi(dist)
    dist.hpy_use_static_libs = getattr(dist, "hpy_use_static_libs", True)
    dist.hpy_ext_modules = getattr(dist, "hpy_ext_modules", None)
    dist.global_options = [*dist.global_options, *OPTIONS]
    dist.negative_opt = {**getattr(dist, "negative_opt", {}), "hpy-no-static-libs": "hpy-use-static-libs"}
    add_extensions(dist)
    for name, default, mixin in (("build", build, BuildMixin), ("build_ext", build_ext, BuildExtMixin)):
        base = dist.cmdclass.get(name, default)
        if name == "build_ext":
            devel.build_ext_sanity_check(base)
        dist.cmdclass[name] = make_mixin(base, mixin)
    try:
        dist.cmdclass["bdist_wheel"] = make_mixin(dist.get_command_class("bdist_wheel"), BdistWheelMixin)
    except errors.ModuleError:
        pass  # Setuptools before 70.1 without the package `wheel` makes no wheels.


def check_names(names: List[str], where: str) -> None:
    for index, name in enumerate(names):
        if not all(part.isidentifier() for part in name.split(".")):
            raise setup_error(f"{where} has a module {name!r}, which no Python can import: write letters, digits and _ alone")
        if name in names[:index]:
            raise setup_error(f"{where} has two modules {name!r}: name one of them otherwise, or join their sources")


OPTIONS = [
    ("hpy-abi=", None, f"the ABI of HPy extensions: {', '.join(ABIS)}"),
    ("hpy-use-static-libs", None, "link HPy extensions with HPy's static library (default)"),
    ("hpy-no-static-libs", None, "compile HPy's sources into each HPy extension, where there are any"),
]


def settings_of(dist: Any) -> Settings:
    try:
        return Settings.of_project(dist.src_root or os.curdir)
    except SettingsError as error:
        raise setup_error(str(error)) from error


def settings_abi(dist: Any) -> str:
    settings = settings_of(dist)
    try:
        return settings.abi()
    except SettingsError as error:
        raise setup_error(str(error)) from error


def abi_of(dist: Any) -> str:
    """The ABI that is built for, after all options are read."""
    try:
        return checked_abi(dist.hpy_abi, "hpy_abi (--hpy-abi on the command line, or setup.cfg)")
    except SettingsError as error:
        raise setup_error(str(error)) from error


def wants_static_libs(dist: Any) -> bool:
    # What a configuration file says is text.
    return str(dist.hpy_use_static_libs).lower() not in ("0", "false", "no", "off", "none")


def add_extensions(dist: Any) -> List[Any]:
    """Makes the HPy extensions a part of `ext_modules`, and returns them. They are marked."""
    modules = list(dist.hpy_ext_modules or [])
    present = list(dist.ext_modules or [])
    for extension in modules:
        extension.is_hpy = True
    # A new list: setup.py may use its own again.
    dist.ext_modules = present + [each for each in modules if not any(each is other for other in present)]
    return modules


def is_hpy(extension: Any) -> bool:
    return getattr(extension, "is_hpy", False)


def check_build_ext(command: Any) -> None:
    if isinstance(command, type) and not issubclass(command, build_ext):
        raise setup_error(
            f"cmdclass['build_ext'] is {command!r}, which does not inherit from setuptools.command.build_ext.build_ext, as "
            "HPy's support for setuptools needs it: derive it from that class"
        )


def make_mixin(base: Type[Any], mixin: Type[Any]) -> Type[Any]:
    """The command `base` with the methods of `mixin`; itself where it has them."""
    if issubclass(base, mixin):
        return base
    return type(f"{base.__name__}_hpy", (mixin, base), {})


# The methods of mixins call those of setuptools' commands.
_Command: Any = setuptools.Command if TYPE_CHECKING else object


class BuildMixin(_Command):  # type: ignore[misc]
    """The command `build`: each loader ABI has folders of its own, so that no module of another gets into a wheel."""

    def finalize_options(self) -> None:
        names = ("build_purelib", "build_platlib", "build_lib", "build_temp")
        chosen = {name for name in names if getattr(self, name, None)}
        super().finalize_options()
        abi = abi_of(self.distribution)
        if abi != "cpython" and not getattr(self, "hpy_finalized", False):
            for name in set(names) - chosen:
                setattr(self, name, f"{getattr(self, name)}-hpy-{abi}")
        self.hpy_finalized = True


class BuildExtMixin(_Command):  # type: ignore[misc]
    """The command `build_ext`."""

    def initialize_options(self) -> None:
        super().initialize_options()
        self.hpydevel: HPyDevel = self.distribution.hpydevel
        self._asked: Optional[Any] = None

    def finalize_options(self) -> None:
        # Other settings may have replaced the list.
        for extension in add_extensions(self.distribution):
            self._finalize_hpy_ext(extension)
        super().finalize_options()

    def _finalize_hpy_ext(self, extension: Any) -> None:
        """Compiler and linker options, once for each extension."""
        if hasattr(extension, "hpy_abi"):
            return
        abi = extension.hpy_abi = abi_of(self.distribution)
        extension.define_macros += [("HPY", None), (f"HPY_ABI_{abi.upper()}", None)]
        extension.include_dirs += self.hpydevel.get_extra_include_dirs()
        if abi == "universal":
            extension.include_dirs.insert(0, str(self.hpydevel.get_include_dir_forbid_python_h()))
        with_library = wants_static_libs(self.distribution)
        sources = [] if with_library else self.hpydevel.get_extra_sources()
        if sources:
            extension.sources += sources + (self.hpydevel.get_ctx_sources() if abi == "cpython" else [])
            return
        if not with_library:
            log.warning("hpy-no-static-libs: hpy-sys has no C sources to compile instead, so its library is linked")
        try:
            library = self.hpydevel.get_library(abi)
        except MissingSdkError as error:
            raise setup_error(str(error)) from error
        extension.extra_objects.append(library)
        # The extension reaches its variables without a table, and the linker drops what it does not use of the library.
        if sys.platform != "win32":
            extension.extra_compile_args.insert(0, "-fvisibility=hidden")
            unused = "-Wl,-dead_strip" if sys.platform == "darwin" else "-Wl,--gc-sections"
            extension.extra_link_args.insert(0, unused)
        # A new version of hpy-sys means to link anew.
        extension.depends.append(library)

    def get_ext_fullpath(self, ext_name: str) -> Any:
        # setuptools asks for the file name by the last part of the name, which other packages may have too.
        self._asked = self.ext_map.get(self.get_ext_fullname(ext_name))
        try:
            return super().get_ext_fullpath(ext_name)
        finally:
            self._asked = None

    def get_ext_filename(self, fullname: str) -> Any:
        extension = self._asked or self.ext_map.get(fullname)
        if is_hpy(extension) and extension.hpy_abi != "cpython":
            return os.path.join(*fullname.split(".")) + get_hpy_ext_suffix(extension.hpy_abi)
        return super().get_ext_filename(fullname)

    def get_export_symbols(self, ext: Any) -> Any:
        """What a DLL exports on Windows."""
        if is_hpy(ext) and ext.hpy_abi != "cpython":
            name = ext.name.split(".")[-1]
            prefixes = ("HPyInit", "HPyInitGlobalContext", "get_required_hpy_major_version", "get_required_hpy_minor_version")
            return [*ext.export_symbols, *(f"{prefix}_{name}" for prefix in prefixes)]
        return super().get_export_symbols(ext)

    def _stubs(self, native: bool = False) -> Dict[str, str]:
        """For each module of a loader ABI the file that loads it, in the build folder and in the sources; with `native`, where
        it would be for each native module."""
        build_py = self.get_finalized_command("build_py")
        found = {}
        for extension in self.extensions:
            if is_hpy(extension) and (extension.hpy_abi == "cpython") == native:
                package, _, name = self.get_ext_fullname(extension.name).rpartition(".")
                built = os.path.join(self.build_lib, *package.split("."), f"{name}.py")
                found[built] = os.path.join(build_py.get_package_dir(package), f"{name}.py")
        return found

    def build_extension(self, ext: Any) -> None:
        super().build_extension(ext)
        if is_hpy(ext) and ext.hpy_abi != "cpython":
            self._write_hpy_stub(os.path.join(self.build_lib, *self.get_ext_fullname(ext.name).split(".")) + ".py")

    def _is_stub(self, path: Path) -> bool:
        stub = self.hpydevel.get_stub().read_text(encoding="utf-8")
        return path.read_text(encoding="utf-8").splitlines()[:1] == stub.splitlines()[:1]

    def _write_hpy_stub(self, path: str) -> None:
        text = self.hpydevel.get_stub().read_text(encoding="utf-8")
        present = Path(path)
        if present.is_file() and not self._is_stub(present):
            raise setup_error(
                f"{path} would be replaced by the file that loads the module of this name: name the module or that file "
                "otherwise, such as _{0} and {0}.py".format(present.stem)
            )
        log.info("writing %s, which loads the module of this name", path)
        present.parent.mkdir(parents=True, exist_ok=True)
        present.write_text(text, encoding="utf-8")

    def copy_extensions_to_source(self) -> None:
        super().copy_extensions_to_source()
        abi = abi_of(self.distribution)
        for stub in map(Path, self._stubs(native=True).values()):
            # The finder of an editable installation prefers any .py to a module.
            if self.editable_mode and stub.is_file() and self._is_stub(stub):
                log.info("removing %s, which loads a module of another ABI", stub)
                stub.unlink()
        for beside in self._stubs().values():
            self._write_hpy_stub(beside)
            # Python prefers a native module to the file, and the file a hybrid module to a universal one.
            for other in ABIS if abi == "universal" else ["cpython"]:
                earlier = os.path.splitext(beside)[0] + get_hpy_ext_suffix(other)
                if other != abi and os.path.exists(earlier):
                    log.warning("%s is of an earlier build, and is imported instead of the new module: delete it", earlier)

    def get_outputs(self) -> List[str]:
        outputs = super().get_outputs()
        return sorted({*outputs, *self._stubs()})

    def get_output_mapping(self) -> Dict[str, str]:
        mapping = dict(super().get_output_mapping())
        if self.inplace:
            mapping.update(self._stubs())
        return mapping


class BdistWheelMixin(_Command):  # type: ignore[misc]
    """The command `bdist_wheel`: a wheel of universal modules is for every Python of its platform."""

    def get_tag(self) -> Tuple[str, str, str]:
        python, abi, platform = super().get_tag()
        extensions = self.distribution.ext_modules or []
        if abi_of(self.distribution) == "universal" and all(map(is_hpy, extensions)):
            return self.python_tag, "none", platform
        return python, abi, platform
