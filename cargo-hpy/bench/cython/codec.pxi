# cython/codec.pxi: writes None, int, str, bytes, list and dict as bytes, each by its type, and reads them again.
#
# A value is a tag and its content. A count, of bytes, of items or of pairs, is seven bits a byte, the lowest first, of which all but
# the last have the bit 0x80. An integer is such a count of 64 bits, with its sign in the lowest bit.

cdef enum Tag:
    NONE = 78  # N
    INT = 73  # I
    TEXT = 84  # T
    BYTES = 66  # B
    LIST = 76  # L
    DICT = 68  # D

cdef enum:
    # A count of 64 bits has no more bytes.
    COUNT_MAX = 10


# Bytes that are written: those of a result, or, for document.pxi, characters of ASCII.
cdef struct Buffer:
    char *data
    Py_ssize_t size
    Py_ssize_t capacity


cdef int start(Buffer *buffer, Py_ssize_t capacity) except -1:
    buffer.data = <char *>PyMem_Malloc(capacity)
    if buffer.data == NULL:
        raise MemoryError
    buffer.size = 0
    buffer.capacity = capacity
    return 0


cdef int grow(Buffer *buffer, Py_ssize_t more) except -1:
    cdef Py_ssize_t capacity = max(buffer.capacity * 2, buffer.size + more)
    cdef char *data = <char *>PyMem_Realloc(buffer.data, capacity)
    if data == NULL:
        raise MemoryError
    buffer.data = data
    buffer.capacity = capacity
    return 0


# Room for more bytes.
cdef inline char *reserve(Buffer *buffer, Py_ssize_t more) except NULL:
    if more > buffer.capacity - buffer.size:
        grow(buffer, more)
    return buffer.data + buffer.size


cdef inline int put(Buffer *buffer, const char *data, Py_ssize_t size) except -1:
    memcpy(reserve(buffer, size), data, size)
    buffer.size += size
    return 0


# A tag and a count, with room for more bytes behind them.
cdef inline int put_count(Buffer *buffer, Tag tag, unsigned long long count, Py_ssize_t more) except -1:
    cdef char *place = reserve(buffer, 1 + COUNT_MAX + more)
    place[0] = tag
    place += 1
    while count >= 0x80:
        place[0] = <char>(count | 0x80)
        place += 1
        count >>= 7
    place[0] = <char>count
    buffer.size = place + 1 - buffer.data
    return 0


cdef inline int put_bytes(Buffer *buffer, Tag tag, const char *data, Py_ssize_t size) except -1:
    put_count(buffer, tag, size, size)
    return put(buffer, data, size)


# Any result but 0 means that an exception is set.
cdef inline int enter(const char *during) except -1:
    return -1 if Py_EnterRecursiveCall(during) else 0


cdef int encode_text(Buffer *buffer, str text) except -1:
    cdef Py_ssize_t size
    cdef const char *utf8 = PyUnicode_AsUTF8AndSize(text, &size)
    return put_bytes(buffer, TEXT, utf8, size)


cdef int encode_int(Buffer *buffer, long long number) except -1:
    return put_count(buffer, INT, <unsigned long long>number << 1 ^ <unsigned long long>(number >> 63), 0)


cdef int encode_list(Buffer *buffer, list items) except -1:
    enter(" while a value is encoded")
    try:
        put_count(buffer, LIST, len(items), 0)
        for item in items:
            encode_value(buffer, item)
    finally:
        Py_LeaveRecursiveCall()
    return 0


cdef int encode_dict(Buffer *buffer, dict items) except -1:
    enter(" while a value is encoded")
    try:
        put_count(buffer, DICT, len(items), 0)
        for key, item in items.items():
            encode_value(buffer, key)
            encode_value(buffer, item)
    finally:
        Py_LeaveRecursiveCall()
    return 0


cdef int encode_value(Buffer *buffer, object value) except -1:
    if isinstance(value, str):
        return encode_text(buffer, <str>value)
    if isinstance(value, int):
        return encode_int(buffer, value)
    if isinstance(value, list):
        return encode_list(buffer, <list>value)
    if isinstance(value, dict):
        return encode_dict(buffer, <dict>value)
    if isinstance(value, bytes):
        return put_bytes(buffer, BYTES, PyBytes_AS_STRING(value), PyBytes_GET_SIZE(value))
    if value is None:
        return put_count(buffer, NONE, 0, 0)
    raise TypeError(f"cannot encode {type(value).__name__}")


def encode(value, /):
    cdef Buffer buffer
    start(&buffer, 256)
    try:
        encode_value(&buffer, value)
        return PyBytes_FromStringAndSize(buffer.data, buffer.size)
    finally:
        PyMem_Free(buffer.data)


cdef struct Input:
    const unsigned char *next
    const unsigned char *end


cdef int truncated() except -1:
    raise ValueError("the bytes end within a value")


cdef inline int take_count(Input *input, unsigned long long *count) except -1:
    cdef int shift = 0
    cdef unsigned char byte
    count[0] = 0
    while input.next < input.end and shift < 7 * COUNT_MAX:
        byte = input.next[0]
        input.next += 1
        count[0] |= <unsigned long long>(byte & 0x7f) << shift
        if byte < 0x80:
            return 0
        shift += 7
    return truncated()


# A count of things that each have a byte at least.
cdef inline Py_ssize_t take_size(Input *input) except -1:
    cdef unsigned long long count
    take_count(input, &count)
    if count > <unsigned long long>(input.end - input.next):
        truncated()
    return <Py_ssize_t>count


cdef object decode_int(Input *input):
    cdef unsigned long long count
    take_count(input, &count)
    return <long long>(count >> 1 ^ (0 - (count & 1)))


cdef str decode_text(Input *input):
    cdef Py_ssize_t size = take_size(input)
    input.next += size
    return PyUnicode_DecodeUTF8(<char *>input.next - size, size, NULL)


cdef bytes decode_bytes(Input *input):
    cdef Py_ssize_t size = take_size(input)
    input.next += size
    return PyBytes_FromStringAndSize(<char *>input.next - size, size)


cdef list decode_list(Input *input):
    cdef Py_ssize_t i, size = take_size(input)
    cdef list items = PyList_New(size)
    cdef object item
    enter(" while a value is decoded")
    try:
        for i in range(size):
            item = decode_value(input)
            Py_INCREF(item)
            PyList_SET_ITEM(items, i, item)
    finally:
        Py_LeaveRecursiveCall()
    return items


cdef dict decode_dict(Input *input):
    cdef Py_ssize_t i, size = take_size(input)
    cdef dict items = {}
    cdef object key
    enter(" while a value is decoded")
    try:
        for i in range(size):
            key = decode_value(input)
            items[key] = decode_value(input)
    finally:
        Py_LeaveRecursiveCall()
    return items


cdef object decode_value(Input *input):
    cdef unsigned char tag
    if input.next == input.end:
        truncated()
    tag = input.next[0]
    input.next += 1
    if tag == TEXT:
        return decode_text(input)
    elif tag == INT:
        return decode_int(input)
    elif tag == LIST:
        return decode_list(input)
    elif tag == DICT:
        return decode_dict(input)
    elif tag == BYTES:
        return decode_bytes(input)
    elif tag == NONE:
        take_size(input)
        return None
    raise ValueError("there is no such tag")


def decode(encoded, /):
    cdef char *data
    cdef Py_ssize_t size
    cdef Input input
    PyBytes_AsStringAndSize(encoded, &data, &size)
    input.next = <const unsigned char *>data
    input.end = input.next + size
    return decode_value(&input)
