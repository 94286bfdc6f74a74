// nanobind/array.cpp: an array of C doubles: items, arithmetic that makes new arrays, and a list of its values.
#include "sample.h"
#include <nanobind/stl/vector.h>

namespace {

struct Array {
    std::vector<double> values;

    double &at(Py_ssize_t index)
    {
        Py_ssize_t size = (Py_ssize_t)values.size();
        if (index < 0) {
            index += size;
        }
        if (index < 0 || index >= size) {
            throw nb::index_error("array index out of range");
        }
        return values[(size_t)index];
    }
};

Array add(const Array &left, const Array &right)
{
    size_t size = left.values.size();
    if (size != right.values.size()) {
        throw nb::value_error("the arrays have different lengths");
    }
    Array sum{std::vector<double>(size)};
    for (size_t i = 0; i < size; i++) {
        sum.values[i] = left.values[i] + right.values[i];
    }
    return sum;
}

Array multiply(const Array &array, nb::float_ number)
{
    double factor = (double)number;
    Array product{array.values};
    for (double &value : product.values) {
        value *= factor;
    }
    return product;
}

} // namespace

void add_array(nb::module_ &m)
{
    nb::class_<Array>(m, "Array", nb::is_final())
        .def(nb::init<std::vector<double>>())
        .def("__len__", [](const Array &array) { return array.values.size(); })
        .def("__getitem__", [](Array &array, Py_ssize_t index) { return array.at(index); })
        .def("__setitem__", [](Array &array, Py_ssize_t index, double value) { array.at(index) = value; })
        .def("__delitem__", [](Array &, Py_ssize_t) { throw nb::type_error("items of an array cannot be deleted"); })
        .def("__add__", add, nb::is_operator())
        .def("__mul__", multiply, nb::is_operator())
        .def("__rmul__", multiply, nb::is_operator())
        .def("tolist", [](const Array &array) -> const std::vector<double> & { return array.values; });
}
