# python/tests/test_bad_input.py: files, modes and definitions that are wrong: an exception with the cause, and nothing stays.

import os
import pathlib
import shutil
import sys
import types

import pytest
from conftest import SAMPLE, spec

LOADING = "Error during loading of the HPy extension module at path "


@pytest.fixture
def broken(universal, tmp_path):
    """Loads a module of broken.c in a mode."""
    path = pathlib.Path(SAMPLE or "none").with_name("broken.hpy0.so")
    if not path.exists():
        pytest.skip("beside HPY_TEST_MODULE there is no broken.hpy0.so, to which broken.c is compiled")
    copy = str(shutil.copy(path, tmp_path / "broken.hpy0.so"))

    def load(name, mode):
        before = set(sys.modules)
        try:
            return universal.load(name, copy, spec(name, copy), mode=mode)
        finally:
            assert set(sys.modules) - before <= {"importlib.machinery"}

    return load


MODULES = {
    "returns_null": (RuntimeError, "Function 'HPyInit_returns_null' returned NULL."),
    "later_minor": (RuntimeError, "requires unsupported version of the HPy runtime. Requested version: 0.7. Current HPy version: 0.0."),
    "other_major": (RuntimeError, "requires unsupported version of the HPy runtime. Requested version: 3.0. Current HPy version: 0.0."),
    "lacks_all": (RuntimeError, "Cannot locate the required minimal HPy versions as symbols 'get_required_hpy_minor_version_lacks_all'"),
    "lacks_init": (RuntimeError, "while trying to find symbol 'HPyInit_lacks_init'. Did you use the HPy_MODINIT macro"),
    "no_such": (RuntimeError, "Cannot locate the required minimal HPy versions"),
    "method_without_name": (SystemError, "HPyModuleDef.defines: a HPyMeth has no name"),
    "method_without_function": (SystemError, "HPyModuleDef.defines: the HPyMeth 'f' has no function"),
    "method_of_unknown_convention": (ValueError, "Unsupported HPyMeth signature"),
    "method_of_slot_convention": (ValueError, "Unsupported HPyMeth signature"),
    "unknown_slot": (SystemError, "Unsupported slot in HPyModuleDef.defines (value: 12345)."),
    "slot_of_types": (SystemError, "Unsupported slot in HPyModuleDef.defines (value: 7)."),
    "exec_without_function": (SystemError, "HPyModuleDef.defines: the slot (value: 2001) has no function"),
    "create_without_function": (SystemError, "HPyModuleDef.defines: the slot (value: 2000) has no function"),
    "create_twice": (SystemError, "Multiple definitions of the HPy_mod_create slot in HPyModuleDef.defines."),
}


@pytest.mark.parametrize("mode", range(3))
@pytest.mark.parametrize("name", MODULES)
def test_a_broken_module(broken, name, mode):
    error, message = MODULES[name]
    for _ in range(2):
        with pytest.raises(error) as caught:
            broken(name, mode)
        assert message in str(caught.value)
    # As in HPy, a definition of a kind that modules do not have is left out. HPy refuses the state of a module.
    for right in ("empty", "unknown_kind", "with_size"):
        assert isinstance(broken(right, mode), types.ModuleType)
    assert broken("unknown_kind", mode).right() is None


TYPES = [
    (SystemError, "HPyType_Spec.name is NULL"),
    (SystemError, "HPyType_Spec.defines: a HPyMeth has no name"),
    (SystemError, "HPyType_Spec.defines: the HPyMeth 'f' has no function"),
    (ValueError, "Unsupported HPyMeth signature"),
    (ValueError, "Unsupported HPyMeth signature"),
    (SystemError, "Unsupported slot in HPyType_Spec.defines (value: 12345)."),
    (SystemError, "Unsupported slot in HPyType_Spec.defines (value: 2001)."),
    (SystemError, "HPyType_Spec.defines: the slot (value: 66) has no function"),
    (SystemError, "HPyType_Spec.defines: the slot (value: 71) has no function"),
    (SystemError, "HPyType_Spec.defines: the slot (value: 50) has no function"),
    (SystemError, "HPyType_Spec.defines: the slot (value: 65) has no function"),
    (ValueError, "Unsupported kind of HPyDef"),
    (SystemError, "HPyType_Spec.defines: a HPyMember has no name"),
    (SystemError, "HPyType_Spec.defines: a HPyGetSet has no name"),
    (ValueError, "invalid shape: 77"),
    (ValueError, "a type has neither a negative basicsize (-5) nor a negative itemsize (0)"),
    (TypeError, "HPyType_SpecParam_Base is HPy_NULL"),
    (TypeError, "the bases of a type are types, not 'int' objects"),
    (TypeError, "HPyType_SpecParam_BasesTuple must be a tuple of types"),
    (TypeError, "unknown HPyType_SpecParam specification for 'broken.Type'"),
]


@pytest.mark.parametrize("mode", range(3))
@pytest.mark.parametrize("number", range(len(TYPES)))
def test_a_broken_type(universal, broken, number, mode):
    module = broken("broken", mode)
    generation = universal._debug.new_generation()
    error, message = TYPES[number]
    for _ in range(2):
        with pytest.raises(error) as caught:
            module.make(number)
        assert message in str(caught.value)
    assert universal._debug.get_open_handles(generation) == []


@pytest.mark.parametrize("mode", range(3))
def test_definitions_that_are_odd_and_taken(broken, mode):
    module = broken("broken", mode)
    assert repr(module.make(100)()) in ("first", "second")
    assert not hasattr(module.make(101)(), "g")
    assert module.make(102).__name__ == "Type"
    with pytest.raises(SystemError):
        module.make(103)().m


def test_a_native_module_has_no_modes(universal):
    path = universal.__file__
    for mode in range(3):
        with pytest.raises(RuntimeError) as caught:
            universal.load("universal", path, spec("universal", path), mode=mode)
        assert str(caught.value).startswith(LOADING)
        assert str(caught.value).endswith(
            "It is a module of CPython's ABI, which has no modes and is imported without this loader; "
            "`--abi universal` builds one that has"
        )


@pytest.mark.parametrize("contents", [b"", b"\x7fELF", b"\x7fELF" + bytes(5000), b"#!/bin/sh\n"])
def test_a_file_that_is_no_library(universal, tmp_path, contents):
    path = tmp_path / "file.hpy0.so"
    path.write_bytes(contents)
    with pytest.raises(RuntimeError) as caught:
        universal.load("file", str(path), spec("file", str(path)))
    assert str(caught.value).startswith(f"{LOADING}'{path}'. Error message from dlopen/WinAPI: ")


def test_a_folder(universal, tmp_path):
    with pytest.raises(RuntimeError, match="dlopen"):
        universal.load("sample", str(tmp_path), spec("sample", str(tmp_path)))


def test_paths_and_names_that_are_none(universal, sample_file):
    path = str(sample_file)
    for name, where in [("sample", path + "\0"), ("sample", ""), ("", path), ("sam\0ple", path), ("s\u00e4mple", path), ("a b", path)]:
        with pytest.raises((ValueError, RuntimeError)):
            universal.load(name, where, spec("sample", path))


@pytest.mark.parametrize("given", [None, 5, object(), types.SimpleNamespace()])
def test_a_spec_that_is_none(universal, sample_file, given):
    with pytest.raises(AttributeError, match="name"):
        universal.load("sample", str(sample_file), given)


@pytest.mark.parametrize("mode", range(3))
def test_two_modules_of_one_name(universal, sample_file, tmp_path, mode):
    """Two files, of which each has its own variables; and one file twice."""
    paths = [str(shutil.copytree(sample_file.parent, tmp_path / name) / sample_file.name) for name in ("a", "b")]
    first, second, again = [
        universal.load("sample", path, spec("sample", path), mode=mode) for path in (*paths, paths[0])
    ]
    assert first is not second and first is not again and first.__dict__ is not again.__dict__
    assert first.add(1, 2) == second.add(1, 2) == again.add(1, 2) == 3
    assert "sample" not in sys.modules


def test_one_file_in_each_mode(universal, sample_file, tmp_path):
    path = str(shutil.copy(sample_file, tmp_path / "sample.hpy0.so"))
    modules = [universal.load("sample", path, spec("sample", path), mode=mode) for mode in (0, 1, 2, 1, 0)]
    generation = universal._debug.new_generation()
    for module in modules:
        assert module.add(1, 2) == 3
    modules[0].leak("x"), modules[2].leak("y")
    assert universal._debug.get_open_handles(generation) == []
    modules[1].leak("z")
    (handle,) = universal._debug.get_open_handles(generation)
    assert handle.obj == "z" and handle._force_close() is None


def test_a_file_that_cannot_be_copied_for_a_second_mode(universal, sample_file, tmp_path, monkeypatch):
    path = str(shutil.copy(sample_file, tmp_path / "sample.hpy0.so"))
    universal.load("sample", path, spec("sample", path))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "none"))
    with pytest.raises(ImportError) as caught:
        universal.load("sample", path, spec("sample", path), mode=1)
    assert f"'{path}' is loaded in another mode, and cannot be copied to '{tmp_path}" in str(caught.value)


def test_modes_by_the_environment_of_the_stub(universal, sample_file):
    path = str(sample_file)
    for environment, error in [({"HPY": 5}, TypeError), (None, TypeError), ({"HPY": "sam:no"}, ValueError)]:
        with pytest.raises(error):
            universal._load_bootstrap("sample", "sample", "", path, None, spec("sample", path), environment)


def test_the_working_folder_is_not_searched(universal, sample_file, tmp_path, monkeypatch):
    """A name without a folder is for the dynamic linker, and not of a file here."""
    shutil.copy(sample_file, tmp_path / "sample.hpy0.so")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RuntimeError):
        universal.load("sample", "sample.hpy0.so", spec("sample", "sample.hpy0.so"))
    path = os.path.join(".", "sample.hpy0.so")
    assert universal.load("sample", path, spec("sample", path)).add(1, 2) == 3
