# python/tests/test_clash.py: the package says so where another distribution `hpy` is installed into its folder.

import base64
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

import hpy
import pytest

SOURCES = pathlib.Path(hpy.__file__).parent
TRY = "import hpy.debug; print('imported')"


@pytest.fixture
def site(tmp_path):
    """A folder like site-packages, with the package and the record of hpy-sys."""
    site = tmp_path / "site"
    shutil.copytree(SOURCES, site / "hpy", ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyd"))
    record = []
    for file in sorted((site / "hpy").rglob("*.py")):
        digest = base64.urlsafe_b64encode(hashlib.sha256(file.read_bytes()).digest()).rstrip(b"=").decode()
        record.append(f"{file.relative_to(site).as_posix()},sha256={digest},{file.stat().st_size}")
    distribute(site, "hpy-sys", "0.1.0", record)
    return site


def distribute(site, name, version, record=()):
    folder = site / f"{name.replace('-', '_')}-{version}.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (folder / "RECORD").write_text("\n".join([*record, f"{folder.name}/RECORD,,"]) + "\n")


def run(site, program=TRY):
    environment = dict(os.environ, PYTHONPATH=str(site), PYTHONWARNINGS="default", PYTHONDONTWRITEBYTECODE="1")
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        timeout=60, cwd=site,
    )


def test_alone_it_imports_without_a_word(site):
    found = run(site)
    assert (found.returncode, found.stdout, found.stderr) == (0, "imported\n", "")


def test_alone_it_imports_no_metadata(site):
    found = run(site, "import sys, hpy; print([name for name in sys.modules if 'metadata' in name or 'clash' in name])")
    assert found.stdout == "[]\n"


def test_other_distributions_do_not_matter(site):
    distribute(site, "hpy_extras", "1.0")
    distribute(site, "hpycc", "1.0")
    assert run(site).stderr == ""


def test_files_that_are_still_ours_get_a_warning(site):
    distribute(site, "hpy", "0.9.0")
    found = run(site)
    assert found.returncode == 0 and found.stdout == "imported\n"
    assert (
        f"RuntimeWarning: hpy 0.9.0 and hpy-sys 0.1.0 are both installed in {site}. Both provide the package `hpy`: "
        "hpy-sys is what runs, and uninstalling hpy alone would remove files of hpy-sys. To keep hpy-sys, type "
        f"`{sys.executable} -m pip uninstall hpy hpy-sys`, then install hpy-sys again" in found.stderr
    )


def test_an_overwritten_file_is_an_error(site):
    distribute(site, "hpy", "0.9.0")
    (site / "hpy/debug/__init__.py").write_text("")
    found = run(site)
    assert found.returncode == 1
    assert (
        f"ImportError: hpy 0.9.0 and hpy-sys 0.1.0 are both installed in {site}. Both provide the package `hpy`, so only "
        "one can be: hpy has replaced or removed hpy/debug/__init__.py. To keep hpy-sys, type "
        f"`{sys.executable} -m pip uninstall hpy hpy-sys`, then install hpy-sys again" in found.stderr
    )


def test_many_overwritten_files_are_counted(site):
    distribute(site, "hpy", "0.9.0")
    shutil.rmtree(site / "hpy/trace")
    for file in (site / "hpy/debug").iterdir():
        file.write_text("")
    assert "hpy has replaced or removed hpy/debug/__init__.py, hpy/debug/__main__.py, hpy/debug/leakdetector.py and " \
           in run(site).stderr


def test_a_folder_without_our_record_gets_a_warning(site):
    distribute(site, "hpy", "0.9.0")
    shutil.rmtree(site / "hpy_sys-0.1.0.dist-info")
    found = run(site)
    assert found.returncode == 0 and "hpy 0.9.0 and hpy-sys are both installed in" in found.stderr


def test_broken_metadata_does_not_matter(site):
    (site / "hpy-0.9.0.dist-info").mkdir()
    found = run(site)
    assert (found.returncode, found.stdout) == (0, "imported\n")
