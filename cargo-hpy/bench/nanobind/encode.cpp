// nanobind/encode.cpp: writes None, int, str, bytes, list and dict as bytes, each by its type.
#include "codec.h"
#include "sample.h"
#include <string>

namespace {

class Encoder {
public:
    std::string out;

    void value(nb::handle value)
    {
        if (nb::isinstance<nb::str>(value)) {
            text(value);
        }
        else if (nb::isinstance<nb::int_>(value)) {
            integer(value);
        }
        else if (nb::isinstance<nb::list>(value)) {
            list(nb::borrow<nb::list>(value));
        }
        else if (nb::isinstance<nb::dict>(value)) {
            dict(nb::borrow<nb::dict>(value));
        }
        else if (nb::isinstance<nb::bytes>(value)) {
            bytes(BYTES, PyBytes_AS_STRING(value.ptr()), (size_t)PyBytes_GET_SIZE(value.ptr()));
        }
        else if (value.is_none()) {
            count(NONE, 0);
        }
        else {
            throw nb::type_error("there is a value that cannot be encoded");
        }
    }

private:
    static constexpr const char *during = " while a value is encoded";

    // A tag and a count.
    void count(Tag tag, unsigned long long count)
    {
        out += tag;
        while (count >= 0x80) {
            out += (char)(count | 0x80);
            count >>= 7;
        }
        out += (char)count;
    }

    void bytes(Tag tag, const char *data, size_t size)
    {
        count(tag, size);
        out.append(data, size);
    }

    void text(nb::handle value)
    {
        Py_ssize_t size;
        const char *utf8 = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
        if (utf8 == nullptr) {
            nb::raise_python_error();
        }
        bytes(TEXT, utf8, (size_t)size);
    }

    void integer(nb::handle value)
    {
        long long number = PyLong_AsLongLong(value.ptr());
        if (number == -1 && PyErr_Occurred()) {
            nb::raise_python_error();
        }
        count(INT, (unsigned long long)number << 1 ^ (unsigned long long)(number >> 63));
    }

    void list(const nb::list &items)
    {
        Nested nested(during);
        count(LIST, items.size());
        for (nb::handle item : items) {
            value(item);
        }
    }

    void dict(const nb::dict &items)
    {
        Nested nested(during);
        count(DICT, items.size());
        for (auto [key, item] : items) {
            value(key);
            value(item);
        }
    }
};

} // namespace

void add_encode(nb::module_ &m)
{
    m.def("encode", [](nb::handle value) {
        Encoder encoder;
        encoder.out.reserve(256);
        encoder.value(value);
        return nb::bytes(encoder.out.data(), encoder.out.size());
    }, nb::arg().none());
}
