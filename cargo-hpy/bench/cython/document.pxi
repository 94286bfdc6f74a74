# cython/document.pxi: writes a value as JSON in ASCII.


cdef inline char *escape_unit(char *place, unsigned int unit) noexcept:
    cdef const char *digits = "0123456789abcdef"
    place[0] = c'\\'
    place[1] = c'u'
    place[2] = digits[unit >> 12 & 15]
    place[3] = digits[unit >> 8 & 15]
    place[4] = digits[unit >> 4 & 15]
    place[5] = digits[unit & 15]
    return place + 6


cdef inline char *put_character(char *place, unsigned int character) noexcept:
    if 0x20 <= character < 0x7f:
        if character == c'"' or character == c'\\':
            place[0] = c'\\'
            place += 1
        place[0] = <char>character
        return place + 1
    if character >= 0x10000:
        place = escape_unit(place, 0xd800 | (character - 0x10000) >> 10)
        character = 0xdc00 | character & 0x3ff
    return escape_unit(place, character)


cdef int write_text(Buffer *buffer, str text) except -1:
    cdef Py_ssize_t i, size = len(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    # A character becomes twelve at most.
    cdef char *place = reserve(buffer, 12 * size + 2)
    place[0] = c'"'
    place += 1
    for i in range(size):
        place = put_character(place, PyUnicode_READ(kind, data, i))
    place[0] = c'"'
    buffer.size = place + 1 - buffer.data
    return 0


cdef int write_int(Buffer *buffer, long long number) except -1:
    cdef char digits[20]
    cdef char *start = digits + sizeof(digits)
    cdef unsigned long long rest = 0 - <unsigned long long>number if number < 0 else <unsigned long long>number
    while True:
        start -= 1
        start[0] = <char>(c'0' + rest % 10)
        rest //= 10
        if rest == 0:
            break
    if number < 0:
        start -= 1
        start[0] = c'-'
    return put(buffer, start, digits + sizeof(digits) - start)


cdef int write_float(Buffer *buffer, double number) except -1:
    cdef char *text = PyOS_double_to_string(number, c'r', 0, Py_DTSF_ADD_DOT_0, NULL)
    try:
        return put(buffer, text, strlen(text))
    finally:
        PyMem_Free(text)


cdef int write_list(Buffer *buffer, list items) except -1:
    cdef const char *before = "["
    if not items:
        return put(buffer, "[]", 2)
    enter(" while a document is written")
    try:
        for item in items:
            put(buffer, before, 1)
            write_value(buffer, item)
            before = ","
    finally:
        Py_LeaveRecursiveCall()
    return put(buffer, "]", 1)


cdef int write_dict(Buffer *buffer, dict items) except -1:
    cdef const char *before = "{"
    if not items:
        return put(buffer, "{}", 2)
    enter(" while a document is written")
    try:
        for key, value in items.items():
            if not isinstance(key, str):
                raise TypeError("keys of a document are str")
            put(buffer, before, 1)
            write_text(buffer, <str>key)
            put(buffer, ":", 1)
            write_value(buffer, value)
            before = ","
    finally:
        Py_LeaveRecursiveCall()
    return put(buffer, "}", 1)


cdef int write_value(Buffer *buffer, object value) except -1:
    if isinstance(value, str):
        return write_text(buffer, <str>value)
    if value is True:
        return put(buffer, "true", 4)
    if value is False:
        return put(buffer, "false", 5)
    if value is None:
        return put(buffer, "null", 4)
    if isinstance(value, int):
        return write_int(buffer, value)
    if isinstance(value, float):
        return write_float(buffer, value)
    if isinstance(value, list):
        return write_list(buffer, <list>value)
    if isinstance(value, dict):
        return write_dict(buffer, <dict>value)
    raise TypeError(f"cannot write {type(value).__name__}")


def write_document(value, /):
    cdef Buffer buffer
    start(&buffer, 448)
    try:
        write_value(&buffer, value)
        return PyUnicode_DecodeASCII(buffer.data, buffer.size, NULL)
    finally:
        PyMem_Free(buffer.data)
