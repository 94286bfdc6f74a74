# cython/sample.pyx: the small rows of the measured module, written with Cython.
# cython: language_level=3, boundscheck=False, wraparound=False, binding=False

from cpython.list cimport PyList_New, PyList_SET_ITEM
from cpython.ref cimport Py_INCREF


def noargs():
    return None


def one(x, /):
    return x


def third(a, b, c, /):
    return c


def add(long a, long b, /):
    return a + b


def scale(long value, long factor=2):
    return value * factor


def make_list(long size, /):
    cdef list items = PyList_New(size)
    cdef long i
    cdef object number
    for i in range(size):
        number = i
        Py_INCREF(number)
        PyList_SET_ITEM(items, i, number)
    return items


def sum_list(list items not None, /):
    cdef long total = 0
    cdef long item
    for item in items:
        total += item
    return total


cdef class Point:
    cdef public double x
    cdef double y

    def __cinit__(self, double x, double y):
        self.x = x
        self.y = y

    def norm2(self):
        return self.x * self.x + self.y * self.y

    def times(self, double factor, /):
        return self.x * factor

    @property
    def sum(self):
        return self.x + self.y
