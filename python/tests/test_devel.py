# python/tests/test_devel.py: hpy.devel: file names, settings, what `python -m hpy.devel` prints, and what setuptools' commands become.

import functools
import os
import pathlib
import sys
import sysconfig

import pytest

import hpy.devel
import hpy.devel.__main__ as command
from hpy.devel import _hook, _settings, abitag

setuptools = pytest.importorskip("setuptools")

SUFFIX = sysconfig.get_config_var("EXT_SUFFIX")


@pytest.fixture
def sdk(tmp_path, monkeypatch):
    """A folder with the files of an SDK, which is taken for the package's own, and the current folder beside it."""
    base = tmp_path / "the sdk"
    for abi in hpy.devel.ABIS:
        (base / "lib" / abi).mkdir(parents=True)
        (base / "lib" / abi / "libhpy.a").write_text("")
    (base / "include").mkdir()
    (base / "include" / "hpy.h").write_text("")
    (base / "share" / "hpy").mkdir(parents=True)
    (base / "share" / "hpy" / "stub.py").write_text("# Written by hpy-sys: a stub.\n")
    made = functools.partial(hpy.devel.HPyDevel, base)
    monkeypatch.setattr(hpy.devel, "HPyDevel", made)
    monkeypatch.setattr(command, "HPyDevel", made)
    monkeypatch.delenv("HPY_ABI", raising=False)
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    return base


@pytest.fixture
def distribution(sdk):
    """Makes a distribution as setuptools does: by keywords, then files, then the command line."""

    def make(*arguments, **keywords):
        keywords = {"name": "project", "version": "1", **keywords}
        if "hpy_ext_modules" not in keywords and not os.path.exists("pyproject.toml"):
            keywords["hpy_ext_modules"] = [setuptools.Extension("package.module", ["module.c"])]
        modules = keywords.pop("hpy_ext_modules", None)
        dist = setuptools.Distribution(keywords)
        # Where hpy-sys is installed, setuptools has done the rest already.
        dist.hpy_ext_modules = modules or getattr(dist, "hpy_ext_modules", None)
        _hook.finalize_distribution(dist)
        hpy.devel.handle_hpy_ext_modules(dist, "hpy_ext_modules", dist.hpy_ext_modules)
        dist.parse_config_files()
        dist.script_args = [*arguments, "build_ext"]
        assert dist.parse_command_line()
        return dist

    return make


def build_ext(dist):
    """The finished command, and the first extension."""
    built = dist.get_command_obj("build_ext")
    built.ensure_finalized()
    return built, built.extensions[0]


@pytest.mark.parametrize(
    "suffix, expected",
    [
        (".cpython-312-x86_64-linux-gnu.so", ("cp312", "so")),
        (".cpython-314td-x86_64-linux-gnu.so", ("cp314td", "so")),
        (".cpython-310-darwin.so", ("cp310", "so")),
        (".cp310-win_amd64.pyd", ("cp310", "pyd")),
        (".pypy38-pp73-x86_64-linux-gnu.so", ("pypy38-pp73", "so")),
        (".graalpy-38-native-x86_64-darwin.dylib", ("graalpy-38-native", "dylib")),
    ],
)
def test_suffixes(suffix, expected):
    assert abitag.parse_ext_suffix(suffix) == expected
    assert abitag.get_hpy_ext_suffix("cpython", suffix) == suffix
    assert abitag.get_hpy_ext_suffix("universal", suffix) == f".hpy0.{expected[1]}"
    assert abitag.get_hpy_ext_suffix("hybrid", suffix) == f".hpy0-{expected[0]}.{expected[1]}"
    with pytest.raises(ValueError, match="it is cpython, universal or hybrid"):
        abitag.get_hpy_ext_suffix("abi3", suffix)


def test_the_folders_of_an_sdk(sdk):
    devel = hpy.devel.HPyDevel()
    assert devel.base_dir == sdk and devel.get_extra_include_dirs() == [str(sdk / "include")]
    assert devel.get_include_dir_forbid_python_h() == sdk / "include" / "hpy" / "forbid_python_h"
    assert devel.get_static_libs("universal") == [str(sdk / "lib" / "universal" / "libhpy.a")]
    assert devel.get_static_libs("abi3") is None
    assert devel.get_extra_sources() == devel.get_ctx_sources() == []
    # As in HPy's own package, whose sources may be compiled too.
    devel.src_dir.mkdir(parents=True)
    for name in ("argparse.c", "ctx_call.c"):
        (devel.src_dir / name).write_text("")
    assert [pathlib.Path(path).name for path in devel.get_extra_sources()] == ["argparse.c"]
    assert [pathlib.Path(path).name for path in devel.get_ctx_sources()] == ["ctx_call.c"]


def test_the_command_prints_a_line_for_each_option(sdk, capsys):
    assert command.main(["--abi", "universal", "--cflags", "--libs", "--suffix"]) == 0
    cflags, libs, suffix = capsys.readouterr().out.splitlines()
    include = f"'-I{sdk}/include'"
    forbid = f"'-I{sdk}/include/hpy/forbid_python_h'"
    assert cflags == f"{forbid} {include} -DHPY -DHPY_ABI_UNIVERSAL"
    assert libs == f"'{sdk}/lib/universal/libhpy.a'" and suffix == abitag.get_hpy_ext_suffix("universal")
    assert command.main(["--includes", "--cmake-dir", "--pkg-config-dir", "--stub"]) == 0
    includes, cmake, pkg_config, stub = capsys.readouterr().out.splitlines()
    assert includes.startswith(include) and f"-I{sysconfig.get_path('include')}" in includes
    assert [cmake, pkg_config] == [f"{sdk}/lib/cmake/hpy", f"{sdk}/lib/pkgconfig"]
    assert stub == f"{sdk}/share/hpy/stub.py"


def test_the_command_takes_the_abi_of_the_variable(sdk, capsys, monkeypatch):
    monkeypatch.setenv("HPY_ABI", "hybrid")
    assert command.main(["--suffix"]) == 0
    assert capsys.readouterr().out.strip() == abitag.get_hpy_ext_suffix("hybrid")


@pytest.mark.parametrize(
    "arguments, variable, expected",
    [
        ([], None, "name what is wanted, for example --cflags or --libs"),
        (["--abi", "abi3", "--libs"], None, "invalid choice: 'abi3'"),
        (["--libs"], "abi3", "the variable HPY_ABI is 'abi3', and there is no such ABI: write cpython, universal or hybrid"),
    ],
)
def test_wrong_uses_of_the_command(sdk, capsys, monkeypatch, arguments, variable, expected):
    if variable:
        monkeypatch.setenv("HPY_ABI", variable)
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2 and expected in capsys.readouterr().err


def test_a_package_without_an_sdk_says_so(sdk, capsys):
    (sdk / "lib" / "cpython" / "libhpy.a").unlink()
    with pytest.raises(SystemExit):
        command.main(["--libs"])
    assert "has no headers and library for the ABI cpython: install hpy-sys from a wheel" in capsys.readouterr().err


def test_the_order_of_settings(distribution, monkeypatch):
    assert distribution().hpy_abi == "cpython"
    pathlib.Path("pyproject.toml").write_text('[tool.hpy]\nabi = "hybrid"\n')
    modules = [setuptools.Extension("module", ["module.c"])]
    assert distribution(hpy_ext_modules=modules).hpy_abi == "hybrid"
    monkeypatch.setenv("HPY_ABI", "universal")
    assert distribution(hpy_ext_modules=modules).hpy_abi == "universal"
    pathlib.Path("setup.cfg").write_text("[global]\nhpy_abi = cpython\n")
    assert distribution(hpy_ext_modules=modules).hpy_abi == "cpython"
    assert distribution("--hpy-abi=hybrid", hpy_ext_modules=modules).hpy_abi == "hybrid"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("[tool.hpy]\nabl = 1\n", "there is no key 'abl' in [tool.hpy]: it may have abi and ext-modules"),
        ("[tool.hpy]\nabi = 1\n", "abi in [tool.hpy] is 1, and a str is needed"),
        ('[tool.hpy]\nabi = "abi3"\n', "abi in [tool.hpy] is 'abi3', and there is no such ABI"),
        ('[[tool.hpy.ext-modules]]\nname = "m"\n', 'needs a name and sources: name = "package.module"'),
        ("[tool.hpy\n", "pyproject.toml: "),
    ],
)
def test_wrong_settings(distribution, text, expected):
    pathlib.Path("pyproject.toml").write_text(text)
    with pytest.raises(_settings.SettingsError) as raised:
        settings = _settings.Settings.of_project(".")
        settings.abi(), settings.modules()
    assert expected in str(raised.value) and str(raised.value).startswith("pyproject.toml: ")
    with pytest.raises(setuptools.errors.SetupError):
        distribution()


@pytest.mark.parametrize("text", [b"", b"[project]\nname = 'hpyx'\n", b"\xff\xfe hpy", None])
def test_other_projects_are_left_alone(sdk, text):
    if text is not None:
        pathlib.Path("pyproject.toml").write_bytes(text)
    dist = setuptools.Distribution({"name": "other", "version": "1"})
    commands = dict(dist.cmdclass)
    _hook.finalize_distribution(dist)
    assert not getattr(dist, "hpy_ext_modules", None) and dist.cmdclass == commands


def test_extensions_of_pyproject_toml(distribution):
    pathlib.Path("pyproject.toml").write_text(
        '[[tool.hpy.ext-modules]]\nname = "m"\nsources = ["m.c"]\nextra-compile-args = ["-O3"]\n'
        'define-macros = ["A", ["B", "1"]]\n'
    )
    _, extension = build_ext(distribution())
    hidden = [] if sys.platform == "win32" else ["-fvisibility=hidden"]
    assert (extension.name, extension.sources, extension.extra_compile_args) == ("m", ["m.c"], [*hidden, "-O3"])
    assert extension.define_macros == [("A", None), ("B", "1"), ("HPY", None), ("HPY_ABI_CPYTHON", None)]


@pytest.mark.parametrize("abi", hpy.devel.ABIS)
def test_build_ext(distribution, sdk, abi):
    dist = distribution(f"--hpy-abi={abi}", ext_modules=[setuptools.Extension("other.module", ["other.c"])])
    built, other = build_ext(dist)
    extension = built.extensions[1]
    assert dist.has_ext_modules() and not hasattr(other, "hpy_abi") and other.extra_objects == []
    assert extension.extra_objects == [str(sdk / "lib" / abi / "libhpy.a")]
    assert extension.define_macros == [("HPY", None), (f"HPY_ABI_{abi.upper()}", None)]
    forbidden = [str(sdk / "include" / "hpy" / "forbid_python_h")] if abi == "universal" else []
    assert extension.include_dirs == [*forbidden, str(sdk / "include")]
    # Two modules have the same last name, and another suffix.
    paths = [os.path.relpath(built.get_ext_fullpath(name), built.build_lib) for name in ("other.module", "package.module")]
    assert paths == [f"other/module{SUFFIX}", f"package/module{abitag.get_hpy_ext_suffix(abi)}"]
    stub = os.path.join(built.build_lib, "package", "module.py")
    assert (stub in built.get_outputs()) == (abi != "cpython")
    assert built.build_lib.endswith(f"-hpy-{abi}") == (abi != "cpython")
    # A second command finds them as they are.
    dist.reinitialize_command("build_ext")
    again, _ = build_ext(dist)
    assert again.extensions == [other, extension] and len(extension.extra_objects) == 1


def test_what_a_dll_exports(distribution):
    built, extension = build_ext(distribution("--hpy-abi=universal"))
    assert "HPyInit_module" in built.get_export_symbols(extension)
    built, extension = build_ext(distribution())
    assert "PyInit_module" in built.get_export_symbols(extension)


def test_the_stub_replaces_no_other_file(distribution, sdk):
    built, extension = build_ext(distribution("--hpy-abi=universal"))
    built._write_hpy_stub("package/module.py")
    built._write_hpy_stub("package/module.py")
    assert pathlib.Path("package/module.py").read_text() == (sdk / "share/hpy/stub.py").read_text()
    pathlib.Path("mine.py").write_text("import this\n")
    with pytest.raises(Exception, match="mine.py would be replaced by the file that loads the module of this name"):
        built._write_hpy_stub("mine.py")
    assert pathlib.Path("mine.py").read_text() == "import this\n"


def test_an_editable_native_module_is_not_hidden_by_an_earlier_stub(distribution):
    built, extension = build_ext(distribution("--hpy-abi=universal"))
    built._write_hpy_stub("package/module.py")
    built, extension = build_ext(distribution())
    os.makedirs(os.path.join(built.build_lib, "package"))
    pathlib.Path(built.build_lib, built.get_ext_filename("package.module")).write_text("")
    built.copy_extensions_to_source()
    assert os.path.exists("package/module.py")
    built.editable_mode = True
    built.copy_extensions_to_source()
    assert os.listdir("package") == [f"module{SUFFIX}"]


def test_modules_are_built_where_no_library_is_wanted(distribution, sdk, caplog):
    dist = distribution("--hpy-no-static-libs")
    _, extension = build_ext(dist)
    assert extension.extra_objects and "its library is linked" in caplog.text
    (sdk / "src" / "runtime").mkdir(parents=True)
    for name in ("argparse.c", "ctx_call.c"):
        (sdk / "src" / "runtime" / name).write_text("")
    _, extension = build_ext(distribution("--hpy-no-static-libs"))
    assert not extension.extra_objects and len(extension.sources) == 3
    pathlib.Path("setup.cfg").write_text("[global]\nhpy_use_static_libs = 0\n")
    _, extension = build_ext(distribution("--hpy-abi=universal"))
    assert not extension.extra_objects and len(extension.sources) == 2


def test_tags_of_wheels(distribution):
    def tag(*arguments, **keywords):
        dist = distribution(*arguments, **keywords)
        wheel = dist.get_command_obj("bdist_wheel")
        wheel.ensure_finalized()
        return wheel.get_tag()

    native = tag()
    assert native[0].startswith("cp") and native[2] != "any"
    assert tag("--hpy-abi=hybrid") == native
    assert tag("--hpy-abi=universal") == ("py3", "none", native[2])
    # A module of CPython's API in the same wheel is for one CPython.
    assert tag("--hpy-abi=universal", ext_modules=[setuptools.Extension("other", ["other.c"])]) == native


def test_wrong_uses_of_setuptools(distribution, sdk):
    with pytest.raises(Exception, match="a list of setuptools.Extension is needed"):
        distribution(hpy_ext_modules="module.c")
    for names, problem in ((["my-module"], "which no Python can import"), (["a.b", "c", "a.b"], "two modules 'a.b'")):
        with pytest.raises(setuptools.errors.SetupError, match=problem):
            distribution(hpy_ext_modules=[setuptools.Extension(name, ["module.c"]) for name in names])
    with pytest.raises(Exception, match=r"hpy_abi \(--hpy-abi on the command line, or setup.cfg\) is 'abi3'"):
        build_ext(distribution("--hpy-abi=abi3"))
    with pytest.raises(Exception, match="does not inherit from setuptools.command.build_ext.build_ext"):
        distribution(cmdclass={"build_ext": setuptools.Command})
    (sdk / "lib" / "cpython" / "libhpy.a").unlink()
    with pytest.raises(Exception, match="has no headers and library for the ABI cpython"):
        build_ext(distribution())
