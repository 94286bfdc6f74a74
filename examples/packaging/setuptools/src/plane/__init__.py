# examples/packaging/setuptools/src/plane/__init__.py: the package around the module in C.
"""Lengths in the plane."""

from plane._plane import length

__all__ = ["length"]
