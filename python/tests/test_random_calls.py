# python/tests/test_random_calls.py: random sequences of right and wrong calls: no end without a message, and no leak.

import os
import pathlib
import subprocess
import sys

import pytest
from conftest import SAMPLE, TESTS


def test_random_calls(universal):
    library = pathlib.Path(SAMPLE or "none").with_name("random_calls.hpy0.so")
    if not library.exists():
        pytest.skip("beside HPY_TEST_MODULE there is no random_calls.hpy0.so, to which random_calls.c is compiled")
    command = [
        sys.executable, "-X", "faulthandler", str(TESTS / "random_calls.py"), str(library),
        os.environ.get("HPY_FUZZ_CASES", "1500"), os.environ.get("HPY_FUZZ_SEED", "0"),
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    found = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = found.stdout.decode() + found.stderr.decode()
    assert found.returncode == 0, f"{said}\nHPY_FUZZ_TRACE=1 {' '.join(command)} prints each case"
    print(said)
