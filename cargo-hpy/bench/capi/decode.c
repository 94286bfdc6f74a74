/* capi/decode.c: reads what encode.c writes. */
#include "codec.h"
#include "sample.h"

typedef struct {
    const unsigned char *next;
    const unsigned char *end;
} Input;

static PyObject *decode_value(Input *input);

static PyObject *
truncated(void)
{
    PyErr_SetString(PyExc_ValueError, "the bytes end within a value");
    return NULL;
}

static inline int
take_count(Input *input, unsigned long long *count)
{
    int shift = 0;
    *count = 0;
    while (input->next < input->end && shift < 7 * COUNT_MAX) {
        unsigned char byte = *input->next++;
        *count |= (unsigned long long)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            return 0;
        }
        shift += 7;
    }
    truncated();
    return -1;
}

/* A count of things that each have a byte at least. */
static inline Py_ssize_t
take_size(Input *input)
{
    unsigned long long count;
    if (take_count(input, &count) < 0) {
        return -1;
    }
    if (count > (unsigned long long)(input->end - input->next)) {
        truncated();
        return -1;
    }
    return (Py_ssize_t)count;
}

static PyObject *
decode_int(Input *input)
{
    unsigned long long count;
    if (take_count(input, &count) < 0) {
        return NULL;
    }
    return PyLong_FromLongLong((long long)(count >> 1 ^ (0 - (count & 1))));
}

static PyObject *
decode_text(Input *input)
{
    Py_ssize_t size = take_size(input);
    const char *start = (const char *)input->next;
    if (size < 0) {
        return NULL;
    }
    input->next += size;
    return PyUnicode_DecodeUTF8(start, size, NULL);
}

static PyObject *
decode_bytes(Input *input)
{
    Py_ssize_t size = take_size(input);
    const char *start = (const char *)input->next;
    if (size < 0) {
        return NULL;
    }
    input->next += size;
    return PyBytes_FromStringAndSize(start, size);
}

static PyObject *
decode_list(Input *input)
{
    Py_ssize_t i, size = take_size(input);
    PyObject *list;
    if (size < 0 || (list = PyList_New(size)) == NULL) {
        return NULL;
    }
    for (i = 0; i < size; i++) {
        PyObject *item = decode_value(input);
        if (item == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, item);
    }
    return list;
}

static PyObject *
decode_dict(Input *input)
{
    Py_ssize_t i, size = take_size(input);
    PyObject *dict;
    if (size < 0 || (dict = PyDict_New()) == NULL) {
        return NULL;
    }
    for (i = 0; i < size; i++) {
        PyObject *key = decode_value(input);
        PyObject *item = key == NULL ? NULL : decode_value(input);
        int failed = item == NULL || PyDict_SetItem(dict, key, item) < 0;
        Py_XDECREF(key);
        Py_XDECREF(item);
        if (failed) {
            Py_DECREF(dict);
            return NULL;
        }
    }
    return dict;
}

static PyObject *
decode_container(Input *input, PyObject *(*decode)(Input *))
{
    PyObject *result;
    if (Py_EnterRecursiveCall(" while a value is decoded")) {
        return NULL;
    }
    result = decode(input);
    Py_LeaveRecursiveCall();
    return result;
}

static PyObject *
decode_value(Input *input)
{
    if (input->next == input->end) {
        return truncated();
    }
    switch (*input->next++) {
    case TAG_NONE:
        return take_size(input) < 0 ? NULL : (Py_INCREF(Py_None), Py_None);
    case TAG_INT:
        return decode_int(input);
    case TAG_TEXT:
        return decode_text(input);
    case TAG_BYTES:
        return decode_bytes(input);
    case TAG_LIST:
        return decode_container(input, decode_list);
    case TAG_DICT:
        return decode_container(input, decode_dict);
    default:
        PyErr_SetString(PyExc_ValueError, "there is no such tag");
        return NULL;
    }
}

PyObject *
decode(PyObject *Py_UNUSED(module), PyObject *bytes)
{
    char *data;
    Py_ssize_t size;
    Input input;
    if (PyBytes_AsStringAndSize(bytes, &data, &size) < 0) {
        return NULL;
    }
    input.next = (const unsigned char *)data;
    input.end = input.next + size;
    return decode_value(&input);
}
