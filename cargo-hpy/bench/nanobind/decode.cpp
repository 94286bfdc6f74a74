// nanobind/decode.cpp: reads what encode.cpp writes.
#include "codec.h"
#include "sample.h"

namespace {

class Decoder {
public:
    explicit Decoder(const nb::bytes &bytes) : next(bytes.c_str()), end(next + bytes.size()) {}

    nb::object value()
    {
        if (next == end) {
            truncated();
        }
        switch (*next++) {
        case NONE:
            size();
            return nb::none();
        case INT: {
            unsigned long long number = count();
            return nb::int_((long long)(number >> 1 ^ (0 - (number & 1))));
        }
        case TEXT:
            return text();
        case BYTES: {
            size_t length = size();
            return nb::bytes(take(length), length);
        }
        case LIST:
            return list();
        case DICT:
            return dict();
        default:
            throw nb::value_error("there is no such tag");
        }
    }

private:
    const char *next;
    const char *end;
    static constexpr const char *during = " while a value is decoded";

    [[noreturn]] static void truncated() { throw nb::value_error("the bytes end within a value"); }

    unsigned long long count()
    {
        unsigned long long count = 0;
        for (int shift = 0; next < end && shift < 7 * COUNT_MAX; shift += 7) {
            unsigned char byte = (unsigned char)*next++;
            count |= (unsigned long long)(byte & 0x7f) << shift;
            if (byte < 0x80) {
                return count;
            }
        }
        truncated();
    }

    // A count of things that each have a byte at least.
    size_t size()
    {
        unsigned long long found = count();
        if (found > (unsigned long long)(end - next)) {
            truncated();
        }
        return (size_t)found;
    }

    const char *take(size_t size)
    {
        const char *start = next;
        next += size;
        return start;
    }

    // The constructor of nb::str drops a UnicodeDecodeError.
    nb::object text()
    {
        size_t length = size();
        PyObject *text = PyUnicode_DecodeUTF8(take(length), (Py_ssize_t)length, nullptr);
        if (text == nullptr) {
            nb::raise_python_error();
        }
        return nb::steal(text);
    }

    nb::object list()
    {
        Nested nested(during);
        size_t length = size();
        nb::list list = nb::steal<nb::list>(PyList_New((Py_ssize_t)length));
        for (size_t i = 0; i < length; i++) {
            NB_LIST_SET_ITEM(list.ptr(), (Py_ssize_t)i, value().release().ptr());
        }
        return list;
    }

    nb::object dict()
    {
        Nested nested(during);
        nb::dict dict;
        for (size_t rest = size(); rest > 0; rest--) {
            nb::object key = value();
            dict[key] = value();
        }
        return dict;
    }
};

} // namespace

void add_decode(nb::module_ &m)
{
    m.def("decode", [](nb::bytes bytes) { return Decoder(bytes).value(); });
}
