# cython/algebra.pxi: small types whose operators make new instances: symbols, terms and sums.


cdef inline bint is_expression(object x):
    return isinstance(x, (Term, Symbol, Sum))


@cython.final
cdef class Symbol:
    cdef str name

    def __cinit__(self, str name not None, /):
        self.name = name

    def __mul__(self, factor):
        return make_term(self, factor) if isinstance(factor, (float, int)) else NotImplemented

    def __rmul__(self, factor):
        return make_term(self, factor) if isinstance(factor, (float, int)) else NotImplemented

    def __add__(self, other):
        return added(self, other)


@cython.final
@cython.internal
cdef class Term:
    cdef object symbol
    cdef readonly double coefficient

    def __mul__(self, factor):
        if isinstance(factor, (float, int)):
            return make_term(self.symbol, self.coefficient * <double>factor)
        return NotImplemented

    def __rmul__(self, factor):
        if isinstance(factor, (float, int)):
            return make_term(self.symbol, self.coefficient * <double>factor)
        return NotImplemented

    def __add__(self, other):
        return added(self, other)


@cython.final
@cython.internal
cdef class Sum:
    cdef object left
    cdef object right
    cdef readonly double constant

    def __add__(self, other):
        if isinstance(other, (float, int)):
            return make_sum(self.left, self.right, self.constant + <double>other)
        return added(self, other)


cdef Term make_term(object symbol, double coefficient):
    cdef Term term = Term.__new__(Term)
    term.symbol = symbol
    term.coefficient = coefficient
    return term


cdef Sum make_sum(object left, object right, double constant):
    cdef Sum sum = Sum.__new__(Sum)
    sum.left = left
    sum.right = right
    sum.constant = constant
    return sum


# The sum of a symbol or a term and what is right of it.
cdef object added(object left, object right):
    if isinstance(right, (float, int)):
        return make_sum(left, None, right)
    return make_sum(left, right, 0.0) if is_expression(right) else NotImplemented
