# abi-tests/python/loader_hpy_sys.py: the tests that this project's loader is known not to pass: none.

KNOWN = []
