/* tests/machine_code/text.c: what an expert writes for the characters of a str. Most text is compact ASCII. */

PAIR(const char *, HPyUnicode_AsUTF8AndSize, (HPyContext *ctx, PyObject *h, Py_ssize_t *size),
    HPyUnicode_AsUTF8AndSize(ctx, _py2h(h), size))
{
    if (PyUnicode_Check(h) && PyUnicode_IS_COMPACT_ASCII(h)) {
        if (size != NULL) {
            *size = PyUnicode_GET_LENGTH(h);
        }
        return (const char *)((PyASCIIObject *)h + 1);
    }
    return PyUnicode_AsUTF8AndSize(h, size);
}
/* The slow way is the same function on both sides. */
PAIR(const void *, HPyUnicode_AsKindAndData, (HPyContext *ctx, PyObject *str, int *kind, Py_ssize_t *size),
    HPyUnicode_AsKindAndData(ctx, _py2h(str), kind, size))
{
    if (PyUnicode_Check(str) && PyUnicode_IS_COMPACT_ASCII(str)) {
        *kind = 1;
        *size = PyUnicode_GET_LENGTH(str);
        return (PyASCIIObject *)str + 1;
    }
    return _HPyUnicode_Characters(str, kind, size);
}
