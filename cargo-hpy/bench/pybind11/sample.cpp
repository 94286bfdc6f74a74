// pybind11/sample.cpp: the small rows of the measured module, written with pybind11.
#include <pybind11/pybind11.h>

namespace py = pybind11;
using namespace py::literals;

struct Point {
    double x;
    double y;
    double norm2() const { return x * x + y * y; }
    double times(double factor) const { return x * factor; }
    double sum() const { return x + y; }
};

PYBIND11_MODULE(sample, m) {
    m.def("noargs", []() {});
    m.def("one", [](py::object x) { return x; });
    m.def("third", [](py::handle, py::handle, py::object c) { return c; });
    m.def("add", [](long a, long b) { return a + b; });
    m.def("scale", [](long value, long factor) { return value * factor; }, "value"_a, "factor"_a = 2);
    m.def("make_list", [](long size) {
        py::list list(size);
        for (long i = 0; i < size; i++) {
            PyList_SET_ITEM(list.ptr(), i, py::int_(i).release().ptr());
        }
        return list;
    });
    m.def("sum_list", [](const py::list &items) {
        long sum = 0;
        for (py::handle item : items) {
            sum += item.cast<long>();
        }
        return sum;
    });
    py::class_<Point>(m, "Point")
        .def(py::init([](double x, double y) { return Point{x, y}; }))
        .def("norm2", &Point::norm2)
        .def("times", &Point::times)
        .def_readwrite("x", &Point::x)
        .def_property_readonly("sum", &Point::sum);
}
