# cython/array.pxi: an array of C doubles: items, arithmetic that makes new arrays, and a list of its values.


@cython.final
cdef class Array:
    cdef Py_ssize_t size
    cdef double *values

    def __init__(self, values, /):
        cdef list items = list(values)
        cdef Py_ssize_t i
        self.allocate(len(items))
        for i in range(self.size):
            self.values[i] = items[i]

    def __dealloc__(self):
        PyMem_Free(self.values)

    def __len__(self):
        return self.size

    def __getitem__(self, Py_ssize_t index):
        return self.values[self.place(index)]

    def __setitem__(self, Py_ssize_t index, double value):
        self.values[self.place(index)] = value

    def __delitem__(self, Py_ssize_t index):
        raise TypeError("items of an array cannot be deleted")

    def __add__(self, other):
        cdef Array right, sum
        cdef Py_ssize_t i
        if not isinstance(other, Array):
            return NotImplemented
        right = <Array>other
        if self.size != right.size:
            raise ValueError("the arrays have different lengths")
        sum = make_array(self.size)
        for i in range(self.size):
            sum.values[i] = self.values[i] + right.values[i]
        return sum

    def __mul__(self, factor):
        return multiplied(self, factor) if isinstance(factor, float) else NotImplemented

    def __rmul__(self, factor):
        return multiplied(self, factor) if isinstance(factor, float) else NotImplemented

    def tolist(self):
        cdef list items = PyList_New(self.size)
        cdef Py_ssize_t i
        cdef object number
        for i in range(self.size):
            number = self.values[i]
            Py_INCREF(number)
            PyList_SET_ITEM(items, i, number)
        return items

    cdef inline Py_ssize_t place(self, Py_ssize_t index) except -1:
        if index < 0:
            index += self.size
        if not 0 <= index < self.size:
            raise IndexError("array index out of range")
        return index

    # The values are not set.
    cdef int allocate(self, Py_ssize_t size) except -1:
        cdef double *values = <double *>PyMem_Realloc(self.values, size * sizeof(double))
        if values == NULL:
            raise MemoryError
        self.values = values
        self.size = size
        return 0


cdef Array make_array(Py_ssize_t size):
    cdef Array array = Array.__new__(Array)
    array.allocate(size)
    return array


cdef Array multiplied(Array array, double factor):
    cdef Array product = make_array(array.size)
    cdef Py_ssize_t i
    for i in range(array.size):
        product.values[i] = array.values[i] * factor
    return product
