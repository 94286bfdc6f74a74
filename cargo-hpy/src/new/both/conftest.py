"""Runs each test in HPy's debug mode, where the module is universal: a handle that stays open fails the test."""

import os

import pytest

# Before the module is imported, which takes its mode from here.
os.environ["HPY"] = "debug"
try:
    from hpy.debug import LeakDetector
except ImportError:
    # A native module needs no loader, and has no debug mode.
    LeakDetector = None


@pytest.fixture(autouse=True)
def no_handle_stays_open():
    if LeakDetector is None:
        yield
    else:
        with LeakDetector():
            yield
