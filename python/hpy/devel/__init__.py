# python/hpy/devel/__init__.py: the package for building extensions; it has no names.
"""HPy's package for building extensions with setuptools. In hpy-sys it is empty.

`cargo hpy build` builds extensions, and `cargo hpy sdk` writes headers and libraries for any build system.
"""
