// nanobind/sample.cpp: the measured module, written with nanobind: calls, lists and a small type here, the other ideas in files of
// their own.
#include "sample.h"

using namespace nb::literals;

struct Point {
    double x;
    double y;
    double norm2() const { return x * x + y * y; }
    double times(double factor) const { return x * factor; }
    double sum() const { return x + y; }
};

NB_MODULE(sample, m) {
    m.def("noargs", []() {});
    m.def("one", [](nb::object x) { return x; });
    m.def("third", [](nb::handle, nb::handle, nb::object c) { return c; });
    m.def("add", [](long a, long b) { return a + b; });
    m.def("scale", [](long value, long factor) { return value * factor; }, "value"_a, "factor"_a = 2);
    m.def("make_list", [](long size) {
        nb::list list = nb::steal<nb::list>(PyList_New(size));
        for (long i = 0; i < size; i++) {
            NB_LIST_SET_ITEM(list.ptr(), i, nb::int_(i).release().ptr());
        }
        return list;
    });
    m.def("sum_list", [](nb::list items) {
        long sum = 0;
        for (nb::handle item : items) {
            sum += nb::cast<long>(item);
        }
        return sum;
    });
    m.def("sum_of", [](nb::handle function, long size) {
        long sum = 0;
        for (long i = 0; i < size; i++) {
            long value;
            if (!nb::try_cast(function(i), value)) {
                throw nb::type_error("the function gives no integer");
            }
            sum += value;
        }
        return sum;
    });
    nb::class_<Point>(m, "Point")
        .def("__init__", [](Point *self, double x, double y) { new (self) Point{x, y}; })
        .def("norm2", &Point::norm2)
        .def("times", &Point::times)
        .def_rw("x", &Point::x)
        .def_prop_ro("sum", &Point::sum);
    add_algebra(m);
    add_array(m);
    add_decode(m);
    add_document(m);
    add_encode(m);
}
