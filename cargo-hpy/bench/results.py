# results.py: prints what the functions and types of the measured module give, and which exceptions they raise: a test compares it
# between the tools. A module that lacks some of the rows prints less.

import sample


def attempt(name, function, *arguments):
    try:
        result = function(*arguments)
    except Exception as error:
        result = type(error).__name__
    print(f"{name}: {result!r}")


def deleted(items):
    del items[0]


def cycle():
    items = []
    items.append(items)
    return items


VALUE = {
    "numbers": [0, -1, 1, 63, 64, -64, -65, 127, 128, 300, -(2**63), 2**63 - 1],
    "text": ["", "ascii", "b\xe9", "\u20ac", "\U0001f600", "a text of more than one hundred characters " * 4],
    "bytes": [b"", b"some", bytes(range(256)) * 3],
    "inner": {"none": None, "list": [], "dict": {}},
}
DOCUMENT = {
    "quote \" and \\ and \n and \x7f": ["", "b\xe9", "\u20ac", "\U0001f600", "long " * 300],
    "numbers": [0, 7, -12345678901, 2**63 - 1, -(2**63), 0.0, -0.5, 1e300, 1e-7, float("inf"), float("nan")],
    "constants": [True, False, None],
    "empty": [[], {}, [[]], {"": {}}],
}


def codec():
    encoded = sample.encode(VALUE)
    print("encoded:", encoded)
    print("decoded:", sample.decode(encoded) == VALUE)
    for name, value in (
        ("float", 1.5), ("large", 2**63), ("tuple", (1,)), ("surrogate", "\ud800"), ("inside", [{1: object()}]), ("cycle", cycle()),
    ):
        attempt(f"encode {name}", sample.encode, value)
    for size in range(0, len(encoded), 7):
        attempt(f"decode {size}", sample.decode, encoded[:size])
    for wrong in (b"Z", b"L\xff\xff\xff\x7f", b"T\x01\xff", b"D\x01L\x00N\x00", b"I" + b"\xff" * 11, b"L\x01" * 1_000_000, "text"):
        attempt(f"decode {wrong[:9]}", sample.decode, wrong)


def document():
    print("document:", sample.write_document(DOCUMENT))
    for name, value in (("key", {1: 2}), ("bytes", b""), ("large", 2**64), ("cycle", cycle()), ("inside", [{"key": 1j}])):
        attempt(f"document {name}", sample.write_document, value)


def arrays():
    array = sample.Array([0.5, 1, -2.5])
    array[1] = 7
    print("array:", len(array), array[0], array[-1], (array * 2.0 + array).tolist(), (0.5 * array).tolist())
    print("array, empty:", sample.Array([]).tolist())
    for name, function in (
        ("item", lambda: array[3]), ("set item", lambda: array.__setitem__(-4, 1.0)), ("delete", lambda: deleted(array)),
        ("set text", lambda: array.__setitem__(0, "text")), ("lengths", lambda: array + sample.Array([1.0])),
        ("add", lambda: array + 1.0), ("multiply", lambda: array * array), ("int", lambda: array * 2),
        ("values", lambda: sample.Array(["text"])), ("no values", lambda: sample.Array(7)), ("none", lambda: sample.Array()),
    ):
        attempt(f"array {name}", function)


def calls():
    for name, arguments in (
        ("sum", (lambda x: 2 * x, 10)), ("none", (len, 0)), ("raises", (lambda x: 1 // x, 3)), ("text", (str, 1)),
        ("count", (len,)),
    ):
        attempt(f"sum of {name}", sample.sum_of, *arguments)


def algebra():
    symbol = sample.Symbol("x")
    term = symbol * 2.0
    print("algebra:", (2 * term * 0.5).coefficient, (term + symbol + 3 + 4.5).constant)
    for name, function in (("term", lambda: term * term), ("text", lambda: term + "text"), ("sum", lambda: (term + 1) * 2)):
        attempt(f"algebra {name}", function)


def points():
    point, other = sample.Point(3.0, 4.0), sample.Point(5.0, 6.0)
    print("point:", repr(point + other), [point < other, point <= other, point > other, point >= other])
    print("point, equal:", [point == other, point != other])
    for name, function in (("add", lambda: point + 1.0), ("compare", lambda: point < 1.0), ("equal", lambda: point == 1.0)):
        attempt(f"point {name}", function)
    print("of all:", sample.make_tuple(7), point.grown(factor=3.0))


for needed, part in (
    ("encode", codec), ("write_document", document), ("Array", arrays), ("sum_of", calls), ("Symbol", algebra),
    ("make_tuple", points),
):
    if hasattr(sample, needed):
        part()
print("lists:", sample.make_list(5), sample.make_list(0), sample.sum_list([1, 2, 3]))
print("keywords:", sample.scale(3, factor=4), sample.scale(3))
attempt("keyword", lambda: sample.scale(3, other=4))
