# python/tests/test_universal.py: the interface of the real extension module, as HPy 0.9.0 has it: loading, HPY, HPY_LOG.

import os
import shutil
import sys
import types

import pytest
from conftest import spec

ERROR = "Error during loading of the HPy extension module at path "


@pytest.fixture
def bootstrap(universal, sample_file, tmp_path):
    """Loads a copy of `sample` as the file that imports it does, with some environment."""

    def bootstrap(ext_name="sample", package="", **environment):
        folder = tmp_path / f"copy{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        path = str(shutil.copy(sample_file, folder / "sample.hpy0.so"))
        module_spec = spec(ext_name, path)
        module_spec.origin = "unset"
        module = universal._load_bootstrap(
            "sample", ext_name, package, path, module_spec.loader, module_spec, environment
        )
        assert module.__spec__ is module_spec and module_spec.origin == path
        assert (module.__file__, module.__loader__) == (path, module_spec.loader)
        return module

    return bootstrap


def mode_of(universal, module):
    generation = universal._debug.new_generation()
    before = universal._trace.get_call_counts()["ctx_Dup"]
    module.leak("x")
    for handle in universal._debug.get_open_handles(generation):
        handle._force_close()
        return "debug"
    return "trace" if universal._trace.get_call_counts()["ctx_Dup"] > before else "universal"


def test_names(universal):
    assert (universal.MODE_UNIVERSAL, universal.MODE_DEBUG, universal.MODE_TRACE) == (0, 1, 2)
    version, revision = universal.get_version()
    assert isinstance(version, str) and isinstance(revision, str)
    assert universal._debug.__name__ == "hpy.debug._debug" and universal._trace.__name__ == "hpy.trace._trace"
    with pytest.raises(TypeError):
        universal.get_version(1)


def test_load_takes_its_arguments_by_name_too(universal, sample_file):
    path = str(sample_file)
    module = universal.load(name="sample", path=path, spec=spec("sample", path), debug=False, mode=-1)
    assert isinstance(module, types.ModuleType) and module.__doc__ == "Leaks, mistakes and calls."
    assert module.add(1, 2) == 3 and "sample" not in sys.modules


def test_the_spec_names_the_module(universal, sample_file):
    path = str(sample_file)
    assert universal.load("package.sample", path, spec("other.name", path)).__name__ == "other.name"


def test_each_load_is_a_new_module(load):
    assert load(0) is not load(0)


@pytest.mark.parametrize("arguments", [(), ("sample",), ("sample", "/p"), (1, "/p", None), ("sample", b"/p", None),
                                       ("sample", "/p", None, False, 0, 1)])
def test_wrong_arguments_of_load(universal, arguments):
    with pytest.raises((TypeError, ValueError, AttributeError)):
        universal.load(*arguments)


@pytest.mark.parametrize("keywords, mode", [
    ({}, "universal"), ({"debug": True}, "debug"), ({"mode": 0}, "universal"), ({"mode": 1}, "debug"),
    ({"mode": 2}, "trace"), ({"debug": True, "mode": -1}, "debug"), ({"debug": True, "mode": 0}, "debug"),
    ({"debug": True, "mode": 2}, "trace"),
])
def test_modes(universal, sample_file, tmp_path, keywords, mode):
    path = str(shutil.copy(sample_file, tmp_path / "sample.hpy0.so"))
    assert mode_of(universal, universal.load("sample", path, spec("sample", path), **keywords)) == mode


@pytest.mark.parametrize("mode", [-2, 3, 7])
def test_a_mode_that_does_not_exist(universal, sample_file, mode):
    path = str(sample_file)
    with pytest.raises(ValueError, match=f"{mode}.*MODE_UNIVERSAL.*MODE_DEBUG.*MODE_TRACE"):
        universal.load("sample", path, spec("sample", path), mode=mode)


def test_a_file_that_is_missing_or_no_library(universal, tmp_path):
    text = tmp_path / "text.hpy0.so"
    text.write_text("text")
    for path in (str(tmp_path / "none.hpy0.so"), str(text)):
        with pytest.raises(RuntimeError) as caught:
            universal.load("text", path, spec("text", path))
        assert str(caught.value).startswith(f"{ERROR}'{path}'. Error message from dlopen/WinAPI: {path}: ")


def test_a_library_that_is_no_module_of_that_name(universal, sample_file):
    path = str(sample_file)
    with pytest.raises(RuntimeError) as caught:
        universal.load("other", path, spec("other", path))
    assert str(caught.value).startswith(
        f"{ERROR}'{path}'. Cannot locate the required minimal HPy versions as symbols 'get_required_hpy_minor_version_other' "
        "and `get_required_hpy_major_version_other`. Error message from dlopen/WinAPI: "
    )


@pytest.mark.parametrize("name, message", [
    ("sample.so", "could not find HPy ABI tag encoded in the filename. The extension claims to be compiled with HPy ABI "
                  "version: 0.0."),
    ("sample.hpyx.so", "could not find HPy ABI tag encoded in the filename. The extension claims to be compiled with HPy "
                       "ABI version: 0.0."),
    ("sample.hpy7.so", "mismatch between the HPy ABI tag encoded in the filename and the major version requested by the "
                       "HPy extension itself. Major version tag parsed from filename: 7. Requested version: 0.0."),
])
def test_a_file_name_without_the_right_tag(universal, sample_file, tmp_path, name, message):
    path = str(shutil.copy(sample_file, tmp_path / name))
    with pytest.raises(RuntimeError) as caught:
        universal.load("sample", path, spec("sample", path))
    assert str(caught.value) == f"HPy extension module 'sample' at path '{path}': {message}"


@pytest.mark.parametrize("value, mode", [
    (None, "universal"), ("", "debug"), ("d", "debug"), ("debug", "debug"), ("DEBUG", "debug"), ("t", "trace"),
    ("Trace", "trace"), ("u", "universal"), ("universal", "universal"), ("sample:debug", "debug"),
    ("sample:t", "trace"), ("sample:", "debug"), ("sample:universal", "universal"), ("other:debug,sample:trace", "trace"),
    ("sample:trace,sample:debug", "trace"), ("other:unknown,sample:debug", "debug"), ("sample:debug,", "debug"),
])
def test_hpy_chooses_the_mode(universal, bootstrap, value, mode):
    environment = {} if value is None else {"HPY": value}
    assert mode_of(universal, bootstrap("package.sample", "package", **environment)) == mode


@pytest.mark.parametrize("value", ["x", "debugs", " debug", "debug ", "cpython", "1", "sample:x", "other:debug",
                                   "package.sample:debug", "SAMPLE:debug", "debug,sample:trace", "sample:debug:trace"])
def test_an_unknown_mode_in_hpy(bootstrap, value):
    with pytest.raises(ValueError) as caught:
        bootstrap("package.sample", "package", HPY=value)
    assert str(caught.value).startswith(f"invalid HPy mode: {value}")


@pytest.mark.parametrize("mode, more", [("universal", ""), ("debug", " with a debug context"), ("trace", " with a trace context")])
def test_hpy_log_prints_the_mode(bootstrap, capsys, mode, more):
    bootstrap("package.sample", "package", HPY_LOG="", HPY=mode)
    assert capsys.readouterr().out == f"Loading 'sample' in HPy universal mode{more}\n"
    bootstrap("package.sample", "package", HPY=mode)
    assert capsys.readouterr().out == ""


def test_bootstrap_sets_the_attributes_of_the_module(bootstrap):
    module = bootstrap("package.sample", "package")
    assert (module.__name__, module.__package__) == ("package.sample", "package")
    assert repr(module) == f"<module 'package.sample' ({module.__file__})>"
    assert "package.sample" not in sys.modules


def test_bootstrap_takes_its_arguments_by_name_too(universal, sample_file):
    path = str(sample_file)
    module = universal._load_bootstrap(
        name="sample", ext_name="sample", package=None, file=path, loader=None, spec=spec("sample", path), env=os.environ
    )
    assert module.add(1, 2) == 3
    with pytest.raises(TypeError):
        universal._load_bootstrap("sample")


@pytest.mark.skipif(not hasattr(sys, "_is_gil_enabled"), reason="before CPython 3.13 the lock is always on")
def test_a_module_that_says_nothing_of_the_lock(load, monkeypatch):
    asked = []
    monkeypatch.setattr(sys, "_is_gil_enabled", lambda: asked.append(1))
    # Here the lock is on, whatever is said: what would switch it on is imported, and changes nothing.
    assert load(0).add(1, 2) == 3 and asked
