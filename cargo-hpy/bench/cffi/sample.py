# cffi/sample.py: the small rows of the measured module, written with cffi: numbers go to C functions, objects stay here.

from _sample import ffi, lib

noargs = lib.noargs
one = lib.one
third = lib.third
add = lib.add


def scale(value, factor=2):
    return value * factor


def make_list(size):
    items = ffi.new("long[]", size)
    lib.fill(items, size)
    return ffi.unpack(items, size)


def sum_list(items):
    return lib.sum(ffi.new("long[]", items), len(items))


class Point:
    __slots__ = ("_point",)

    def __init__(self, x, y):
        self._point = ffi.new("Point *", (x, y))

    @property
    def x(self):
        return self._point.x

    @property
    def sum(self):
        return self._point.x + self._point.y

    def norm2(self):
        return lib.norm2(self._point)

    def times(self, factor):
        return lib.times(self._point, factor)
