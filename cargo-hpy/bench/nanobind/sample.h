// nanobind/sample.h: what the files of the module share.
#pragma once

#include <nanobind/nanobind.h>

namespace nb = nanobind;

// Each adds the functions or types of its file to the module.
void add_algebra(nb::module_ &m);
void add_array(nb::module_ &m);
void add_decode(nb::module_ &m);
void add_document(nb::module_ &m);
void add_encode(nb::module_ &m);

// One level of nested values, or RecursionError, whose message ends in `during`.
class Nested {
public:
    explicit Nested(const char *during)
    {
        if (Py_EnterRecursiveCall(during)) {
            nb::raise_python_error();
        }
    }
    Nested(const Nested &) = delete;
    ~Nested() { Py_LeaveRecursiveCall(); }
};
