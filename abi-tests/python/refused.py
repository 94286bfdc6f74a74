# abi-tests/python/refused.py: loaders refuse a library, or a module, of another version of the ABI.
"""usage: refused.py LIBRARY, whose name ends with .hpy1.so"""

import importlib.machinery
import sys

from hpy import universal


def refused(name, library, *texts):
    spec = importlib.machinery.ModuleSpec(name, None, origin=library)
    try:
        universal.load(name, library, spec)
    except RuntimeError as error:
        for text in texts:
            assert text in str(error), (text, error)
    else:
        raise AssertionError("%s of %s is loaded" % (name, library))


def main(library):
    assert library.endswith(".hpy1.so"), library
    refused("calls", library, "mismatch", "filename: 1", "Requested version: 0.0")
    refused("of_another_version", library, "requires unsupported version", "Requested version: 1.0")


main(*sys.argv[1:])
