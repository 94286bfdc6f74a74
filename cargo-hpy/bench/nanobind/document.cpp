// nanobind/document.cpp: writes a value as JSON in ASCII.
#include "sample.h"
#include <charconv>
#include <string>

namespace {

class Writer {
public:
    std::string out;

    void value(nb::handle value)
    {
        if (nb::isinstance<nb::str>(value)) {
            text(value);
        }
        else if (value.ptr() == Py_True) {
            out += "true";
        }
        else if (value.ptr() == Py_False) {
            out += "false";
        }
        else if (value.is_none()) {
            out += "null";
        }
        else if (nb::isinstance<nb::int_>(value)) {
            integer(value);
        }
        else if (nb::isinstance<nb::float_>(value)) {
            floating(value);
        }
        else if (nb::isinstance<nb::list>(value)) {
            list(nb::borrow<nb::list>(value));
        }
        else if (nb::isinstance<nb::dict>(value)) {
            dict(nb::borrow<nb::dict>(value));
        }
        else {
            throw nb::type_error("there is a value that cannot be written");
        }
    }

private:
    static constexpr const char *during = " while a document is written";

    void escape(unsigned int unit)
    {
        static const char digits[] = "0123456789abcdef";
        const char text[] = {
            '\\', 'u', digits[unit >> 12 & 15], digits[unit >> 8 & 15], digits[unit >> 4 & 15], digits[unit & 15],
        };
        out.append(text, sizeof text);
    }

    void character(Py_UCS4 character)
    {
        if (character >= 0x20 && character < 0x7f) {
            if (character == '"' || character == '\\') {
                out += '\\';
            }
            out += (char)character;
            return;
        }
        if (character >= 0x10000) {
            character -= 0x10000;
            escape(0xd800 | (character >> 10));
            character = 0xdc00 | (character & 0x3ff);
        }
        escape(character);
    }

    // The characters are read as they are stored, since a str with a surrogate has no UTF-8.
    void text(nb::handle value)
    {
        PyObject *text = value.ptr();
#if PY_VERSION_HEX < 0x030c0000
        if (PyUnicode_READY(text) < 0) {
            nb::raise_python_error();
        }
#endif
        Py_ssize_t size = PyUnicode_GET_LENGTH(text);
        int kind = PyUnicode_KIND(text);
        const void *data = PyUnicode_DATA(text);
        out += '"';
        for (Py_ssize_t i = 0; i < size; i++) {
            character(PyUnicode_READ(kind, data, i));
        }
        out += '"';
    }

    void integer(nb::handle value)
    {
        long long number = PyLong_AsLongLong(value.ptr());
        if (number == -1 && PyErr_Occurred()) {
            nb::raise_python_error();
        }
        char digits[20];
        out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    }

    // std::to_chars writes another form than Python's.
    void floating(nb::handle value)
    {
        char *text = PyOS_double_to_string(PyFloat_AS_DOUBLE(value.ptr()), 'r', 0, Py_DTSF_ADD_DOT_0, nullptr);
        if (text == nullptr) {
            nb::raise_python_error();
        }
        out += text;
        PyMem_Free(text);
    }

    void list(const nb::list &items)
    {
        Nested nested(during);
        out += '[';
        bool first = true;
        for (nb::handle item : items) {
            separate(first);
            value(item);
        }
        out += ']';
    }

    void dict(const nb::dict &items)
    {
        Nested nested(during);
        out += '{';
        bool first = true;
        for (auto [key, item] : items) {
            if (!nb::isinstance<nb::str>(key)) {
                throw nb::type_error("keys of a document are str");
            }
            separate(first);
            text(key);
            out += ':';
            value(item);
        }
        out += '}';
    }

    void separate(bool &first)
    {
        if (!first) {
            out += ',';
        }
        first = false;
    }
};

} // namespace

void add_document(nb::module_ &m)
{
    m.def("write_document", [](nb::handle value) {
        Writer writer;
        writer.out.reserve(448);
        writer.value(value);
        return nb::str(writer.out.data(), writer.out.size());
    }, nb::arg().none());
}
