# cython/sample.pyx: the measured module, written with Cython: calls, lists and a small type here, the other ideas in files of their
# own.
# cython: language_level=3, boundscheck=False, wraparound=False, binding=False

cimport cython
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_AsStringAndSize, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.conversion cimport Py_DTSF_ADD_DOT_0, PyOS_double_to_string
from cpython.list cimport PyList_New, PyList_SET_ITEM
from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.ref cimport Py_INCREF
from cpython.unicode cimport (
    PyUnicode_AsUTF8AndSize, PyUnicode_DATA, PyUnicode_DecodeASCII, PyUnicode_DecodeUTF8, PyUnicode_KIND, PyUnicode_READ,
)
from libc.string cimport memcpy, strlen

cdef extern from "Python.h":
    int Py_EnterRecursiveCall(const char *during)
    void Py_LeaveRecursiveCall()

include "algebra.pxi"
include "array.pxi"
include "codec.pxi"
include "document.pxi"


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


def sum_of(function, long size, /):
    cdef long total = 0
    cdef long i
    for i in range(size):
        total += <long>function(i)
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
