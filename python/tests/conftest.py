# python/tests/conftest.py: the fixtures: a fake loader, and the real one with the module of sample.c where they exist.

import importlib.machinery
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

pytest_plugins = "pytester"

TESTS = pathlib.Path(__file__).parent
PACKAGE = TESTS.parent
# Not installed: the package of this folder, which has no extension module.
if importlib.util.find_spec("hpy") is None:
    sys.path.insert(0, str(PACKAGE))
if str(TESTS) not in sys.path:
    sys.path.insert(0, str(TESTS))

import fake as fakes  # noqa: E402

# The file that sample.c was compiled to.
SAMPLE = os.environ.get("HPY_TEST_MODULE")


@pytest.fixture
def fake(monkeypatch):
    """A fake `hpy.universal`, which the package imports in this test."""
    for name in [name for name in sys.modules if name.startswith(("hpy.universal", "hpy.trace"))]:
        monkeypatch.delitem(sys.modules, name)
    universal = fakes.make()
    monkeypatch.setitem(sys.modules, "hpy.universal", universal)
    yield universal
    for name in [name for name in sys.modules if name.startswith("hpy.trace")]:
        del sys.modules[name]


@pytest.fixture
def universal():
    """The real `hpy.universal`."""
    return pytest.importorskip("hpy.universal", reason="the extension module hpy.universal is not built")


@pytest.fixture
def sample_file(universal):
    """The file of the module `sample`, in a new place each time."""
    if not SAMPLE:
        pytest.skip("HPY_TEST_MODULE does not name the file that sample.c was compiled to, sample.hpy0.so")
    return pathlib.Path(SAMPLE)


@pytest.fixture
def load(universal, sample_file, tmp_path):
    """Loads `sample` in a mode, from a copy: a new module each time."""

    def load(mode, name="sample"):
        folder = tmp_path / f"copy{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        path = str(shutil.copy(sample_file, folder / "sample.hpy0.so"))
        return universal.load(name, path, spec(name, path), mode=mode)

    return load


def spec(name, path):
    return importlib.machinery.ModuleSpec(name, importlib.machinery.ExtensionFileLoader(name, path), origin=path)


@pytest.fixture
def python(tmp_path):
    """Runs Python in a folder of its own; `install` puts the fake loader in first."""

    def run(*arguments, install=True, code=0, **variables):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HPY")}
        paths = [str(TESTS), *sys.path]
        environment.update(variables, PYTHONPATH=os.pathsep.join(filter(None, paths)))
        if install:
            _, module, *rest = arguments
            program = f"import fake, sys; fake.install(); import {module}.__main__ as m; sys.exit(m.main())"
            arguments = ["-c", program, *rest]
        found = subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path, env=environment, text=True, timeout=60,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        assert code in (None, found.returncode), found.stdout + found.stderr
        return found

    return run
