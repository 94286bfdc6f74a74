/* capi/document.c: writes a value as JSON in ASCII. */
#include "sample.h"

typedef struct {
    char *data;
    Py_ssize_t size;
    Py_ssize_t capacity;
} Buffer;

static int write_value(Buffer *buffer, PyObject *value);

static int
grow(Buffer *buffer, Py_ssize_t more)
{
    Py_ssize_t capacity = buffer->capacity * 2;
    char *data;
    if (capacity - buffer->size < more) {
        capacity = buffer->size + more;
    }
    data = PyMem_Realloc(buffer->data, (size_t)capacity);
    if (data == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return 0;
}

/* Room for more characters, or NULL with an exception. */
static inline char *
reserve(Buffer *buffer, Py_ssize_t more)
{
    if (more > buffer->capacity - buffer->size && grow(buffer, more) < 0) {
        return NULL;
    }
    return buffer->data + buffer->size;
}

static inline int
put(Buffer *buffer, const char *text, Py_ssize_t size)
{
    char *place = reserve(buffer, size);
    if (place == NULL) {
        return -1;
    }
    memcpy(place, text, (size_t)size);
    buffer->size += size;
    return 0;
}

static char *
escape_unit(char *place, unsigned int unit)
{
    static const char digits[] = "0123456789abcdef";
    *place++ = '\\';
    *place++ = 'u';
    *place++ = digits[unit >> 12 & 15];
    *place++ = digits[unit >> 8 & 15];
    *place++ = digits[unit >> 4 & 15];
    *place++ = digits[unit & 15];
    return place;
}

static inline char *
put_character(char *place, Py_UCS4 character)
{
    if (character >= 0x20 && character < 0x7f) {
        if (character == '"' || character == '\\') {
            *place++ = '\\';
        }
        *place++ = (char)character;
        return place;
    }
    if (character >= 0x10000) {
        character -= 0x10000;
        place = escape_unit(place, 0xd800 | (character >> 10));
        character = 0xdc00 | (character & 0x3ff);
    }
    return escape_unit(place, character);
}

static int
write_text(Buffer *buffer, PyObject *text)
{
    Py_ssize_t i, size;
    int kind;
    const void *data;
    char *place;
#if PY_VERSION_HEX < 0x030c0000
    if (PyUnicode_READY(text) < 0) {
        return -1;
    }
#endif
    size = PyUnicode_GET_LENGTH(text);
    kind = PyUnicode_KIND(text);
    data = PyUnicode_DATA(text);
    /* A character becomes twelve at most. */
    place = reserve(buffer, 12 * size + 2);
    if (place == NULL) {
        return -1;
    }
    *place++ = '"';
    for (i = 0; i < size; i++) {
        place = put_character(place, PyUnicode_READ(kind, data, i));
    }
    *place++ = '"';
    buffer->size = place - buffer->data;
    return 0;
}

static int
write_int(Buffer *buffer, PyObject *value)
{
    char digits[20], *start = digits + sizeof digits;
    unsigned long long rest;
    long long number = PyLong_AsLongLong(value);
    if (number == -1 && PyErr_Occurred()) {
        return -1;
    }
    rest = number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
    do {
        *--start = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (number < 0) {
        *--start = '-';
    }
    return put(buffer, start, digits + sizeof digits - start);
}

static int
write_float(Buffer *buffer, PyObject *value)
{
    char *text = PyOS_double_to_string(PyFloat_AS_DOUBLE(value), 'r', 0, Py_DTSF_ADD_DOT_0, NULL);
    int failed;
    if (text == NULL) {
        return -1;
    }
    failed = put(buffer, text, (Py_ssize_t)strlen(text));
    PyMem_Free(text);
    return failed;
}

static int
write_list(Buffer *buffer, PyObject *list)
{
    Py_ssize_t i;
    for (i = 0; i < PyList_GET_SIZE(list); i++) {
        if (put(buffer, i == 0 ? "[" : ",", 1) < 0 || write_value(buffer, PyList_GET_ITEM(list, i)) < 0) {
            return -1;
        }
    }
    return i == 0 ? put(buffer, "[]", 2) : put(buffer, "]", 1);
}

/* No Python code runs meanwhile. */
static int
write_dict(Buffer *buffer, PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t position = 0;
    const char *before = "{";
    while (PyDict_Next(dict, &position, &key, &value)) {
        if (!PyUnicode_Check(key)) {
            PyErr_SetString(PyExc_TypeError, "keys of a document are str");
            return -1;
        }
        if (put(buffer, before, 1) < 0 || write_text(buffer, key) < 0 || put(buffer, ":", 1) < 0
            || write_value(buffer, value) < 0) {
            return -1;
        }
        before = ",";
    }
    return *before == '{' ? put(buffer, "{}", 2) : put(buffer, "}", 1);
}

static int
write_container(Buffer *buffer, PyObject *value, int (*write)(Buffer *, PyObject *))
{
    int failed;
    if (Py_EnterRecursiveCall(" while a document is written")) {
        return -1;
    }
    failed = write(buffer, value);
    Py_LeaveRecursiveCall();
    return failed;
}

static int
write_value(Buffer *buffer, PyObject *value)
{
    if (PyUnicode_Check(value)) {
        return write_text(buffer, value);
    }
    if (value == Py_True) {
        return put(buffer, "true", 4);
    }
    if (value == Py_False) {
        return put(buffer, "false", 5);
    }
    if (value == Py_None) {
        return put(buffer, "null", 4);
    }
    if (PyLong_Check(value)) {
        return write_int(buffer, value);
    }
    if (PyFloat_Check(value)) {
        return write_float(buffer, value);
    }
    if (PyList_Check(value)) {
        return write_container(buffer, value, write_list);
    }
    if (PyDict_Check(value)) {
        return write_container(buffer, value, write_dict);
    }
    PyErr_Format(PyExc_TypeError, "cannot write %.200s", Py_TYPE(value)->tp_name);
    return -1;
}

PyObject *
write_document(PyObject *Py_UNUSED(module), PyObject *value)
{
    Buffer buffer = {PyMem_Malloc(448), 0, 448};
    PyObject *text = NULL;
    if (buffer.data == NULL) {
        return PyErr_NoMemory();
    }
    if (write_value(&buffer, value) == 0 && (text = PyUnicode_New(buffer.size, 0x7f)) != NULL) {
        memcpy(PyUnicode_1BYTE_DATA(text), buffer.data, (size_t)buffer.size);
    }
    PyMem_Free(buffer.data);
    return text;
}
