// nanobind/algebra.cpp: small types whose operators make new instances: symbols, terms and sums.
#include "sample.h"

namespace {

struct Symbol {
    nb::str name;
};

struct Term {
    nb::object symbol;
    double coefficient;
};

struct Sum {
    nb::object left;
    nb::object right;
    double constant;
};

int visit_fields(const Symbol &symbol, visitproc visit, void *arg)
{
    Py_VISIT(symbol.name.ptr());
    return 0;
}

int visit_fields(const Term &term, visitproc visit, void *arg)
{
    Py_VISIT(term.symbol.ptr());
    return 0;
}

int visit_fields(const Sum &sum, visitproc visit, void *arg)
{
    Py_VISIT(sum.left.ptr());
    Py_VISIT(sum.right.ptr());
    return 0;
}

template <typename Type> int traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    return nb::inst_ready(self) ? visit_fields(*nb::inst_ptr<Type>(self), visit, arg) : 0;
}

template <typename Type> int clear(PyObject *self)
{
    *nb::inst_ptr<Type>(self) = Type{};
    return 0;
}

template <typename Type>
PyType_Slot slots[] = {
    {Py_tp_traverse, (void *)traverse<Type>},
    {Py_tp_clear, (void *)clear<Type>},
    {0, nullptr},
};

bool is_expression(nb::handle object)
{
    return nb::isinstance<Term>(object) || nb::isinstance<Symbol>(object) || nb::isinstance<Sum>(object);
}

// One of the three types, which have no base.
struct Expression : nb::object {
    NB_OBJECT(Expression, nb::object, "object", is_expression)
};

template <typename Type> Sum add_expression(nb::handle_t<Type> left, Expression right)
{
    return Sum{nb::borrow(left), std::move(right), 0.0};
}

template <typename Type> Sum add_number(nb::handle_t<Type> left, double right)
{
    return Sum{nb::borrow(left), {}, right};
}

} // namespace

void add_algebra(nb::module_ &m)
{
    auto scale_symbol = [](nb::handle_t<Symbol> symbol, double factor) { return Term{nb::borrow(symbol), factor}; };
    auto scale_term = [](const Term &term, double factor) { return Term{term.symbol, term.coefficient * factor}; };
    auto grow_sum = [](const Sum &sum, double number) { return Sum{sum.left, sum.right, sum.constant + number}; };
    nb::class_<Symbol>(m, "Symbol", nb::type_slots(slots<Symbol>), nb::is_final())
        .def(nb::init<nb::str>())
        .def("__mul__", scale_symbol, nb::is_operator())
        .def("__rmul__", scale_symbol, nb::is_operator())
        .def("__add__", add_number<Symbol>, nb::is_operator())
        .def("__add__", add_expression<Symbol>, nb::is_operator());
    nb::class_<Term>(m, "Term", nb::type_slots(slots<Term>), nb::is_final())
        .def("__mul__", scale_term, nb::is_operator())
        .def("__rmul__", scale_term, nb::is_operator())
        .def("__add__", add_number<Term>, nb::is_operator())
        .def("__add__", add_expression<Term>, nb::is_operator())
        .def_ro("coefficient", &Term::coefficient);
    nb::class_<Sum>(m, "Sum", nb::type_slots(slots<Sum>), nb::is_final())
        .def("__add__", grow_sum, nb::is_operator())
        .def("__add__", add_expression<Sum>, nb::is_operator())
        .def_ro("constant", &Sum::constant);
}
