/* capi/encode.c: writes None, int, str, bytes, list and dict as bytes, each by its type. */
#include "codec.h"
#include "sample.h"

/* The bytes become those of the result, so nothing is copied. */
typedef struct {
    PyObject *bytes;
    char *data;
    Py_ssize_t size;
    Py_ssize_t capacity;
} Buffer;

static int encode_value(Buffer *buffer, PyObject *value);

static int
grow(Buffer *buffer, Py_ssize_t more)
{
    Py_ssize_t capacity = buffer->capacity * 2;
    if (capacity - buffer->size < more) {
        capacity = buffer->size + more;
    }
    if (_PyBytes_Resize(&buffer->bytes, capacity) < 0) {
        return -1;
    }
    buffer->data = PyBytes_AS_STRING(buffer->bytes);
    buffer->capacity = capacity;
    return 0;
}

/* Room for more bytes, or NULL with an exception. */
static inline char *
reserve(Buffer *buffer, Py_ssize_t more)
{
    if (more > buffer->capacity - buffer->size && grow(buffer, more) < 0) {
        return NULL;
    }
    return buffer->data + buffer->size;
}

/* A tag and a count, with room for more bytes behind them. */
static inline int
put_count(Buffer *buffer, char tag, unsigned long long count, Py_ssize_t more)
{
    char *place = reserve(buffer, 1 + COUNT_MAX + more), *start = place;
    if (place == NULL) {
        return -1;
    }
    *place++ = tag;
    while (count >= 0x80) {
        *place++ = (char)(count | 0x80);
        count >>= 7;
    }
    *place++ = (char)count;
    buffer->size += place - start;
    return 0;
}

static inline int
put_bytes(Buffer *buffer, char tag, const char *data, Py_ssize_t size)
{
    if (put_count(buffer, tag, (unsigned long long)size, size) < 0) {
        return -1;
    }
    memcpy(buffer->data + buffer->size, data, (size_t)size);
    buffer->size += size;
    return 0;
}

static int
encode_int(Buffer *buffer, PyObject *value)
{
    long long number = PyLong_AsLongLong(value);
    if (number == -1 && PyErr_Occurred()) {
        return -1;
    }
    return put_count(buffer, TAG_INT, (unsigned long long)number << 1 ^ (unsigned long long)(number >> 63), 0);
}

static int
encode_text(Buffer *buffer, PyObject *value)
{
    Py_ssize_t size;
    const char *utf8 = PyUnicode_AsUTF8AndSize(value, &size);
    return utf8 == NULL ? -1 : put_bytes(buffer, TAG_TEXT, utf8, size);
}

static int
encode_list(Buffer *buffer, PyObject *value)
{
    Py_ssize_t i;
    if (put_count(buffer, TAG_LIST, (unsigned long long)PyList_GET_SIZE(value), 0) < 0) {
        return -1;
    }
    for (i = 0; i < PyList_GET_SIZE(value); i++) {
        if (encode_value(buffer, PyList_GET_ITEM(value, i)) < 0) {
            return -1;
        }
    }
    return 0;
}

/* No Python code runs meanwhile. */
static int
encode_dict(Buffer *buffer, PyObject *value)
{
    PyObject *key, *item;
    Py_ssize_t position = 0;
    if (put_count(buffer, TAG_DICT, (unsigned long long)PyDict_GET_SIZE(value), 0) < 0) {
        return -1;
    }
    while (PyDict_Next(value, &position, &key, &item)) {
        if (encode_value(buffer, key) < 0 || encode_value(buffer, item) < 0) {
            return -1;
        }
    }
    return 0;
}

static int
encode_container(Buffer *buffer, PyObject *value, int (*encode)(Buffer *, PyObject *))
{
    int failed;
    if (Py_EnterRecursiveCall(" while a value is encoded")) {
        return -1;
    }
    failed = encode(buffer, value);
    Py_LeaveRecursiveCall();
    return failed;
}

static int
encode_value(Buffer *buffer, PyObject *value)
{
    if (PyUnicode_Check(value)) {
        return encode_text(buffer, value);
    }
    if (PyLong_Check(value)) {
        return encode_int(buffer, value);
    }
    if (PyList_Check(value)) {
        return encode_container(buffer, value, encode_list);
    }
    if (PyDict_Check(value)) {
        return encode_container(buffer, value, encode_dict);
    }
    if (PyBytes_Check(value)) {
        return put_bytes(buffer, TAG_BYTES, PyBytes_AS_STRING(value), PyBytes_GET_SIZE(value));
    }
    if (value == Py_None) {
        return put_count(buffer, TAG_NONE, 0, 0);
    }
    PyErr_Format(PyExc_TypeError, "cannot encode %.200s", Py_TYPE(value)->tp_name);
    return -1;
}

PyObject *
encode(PyObject *Py_UNUSED(module), PyObject *value)
{
    Buffer buffer = {PyBytes_FromStringAndSize(NULL, 256), NULL, 0, 256};
    if (buffer.bytes == NULL) {
        return NULL;
    }
    buffer.data = PyBytes_AS_STRING(buffer.bytes);
    if (encode_value(&buffer, value) < 0) {
        Py_XDECREF(buffer.bytes);
        return NULL;
    }
    _PyBytes_Resize(&buffer.bytes, buffer.size);
    return buffer.bytes;
}
