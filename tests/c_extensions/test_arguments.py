# tests/c_extensions/test_arguments.py: what arguments.c does.
import arguments

values = [1, 300, -3, 65537, -5, 2**32 + 6, -7, 2**64 + 8, -9, 10, -11, 1.5, 2.25, "text", [], "true"]
expected = (1, 300 & 255, -3, 1, -5, 6, -7, 8, -9, 10, -11, 1.5, 2.25)
assert arguments.units(*values) == (expected, "text", [], 1, -1)
assert arguments.units(*values, 17) == (expected, "text", [], 1, 17)


def raises(exception, message, call):
    try:
        call()
    except exception as error:
        assert str(error) == message, error
    else:
        raise AssertionError(message)


raises(TypeError, "units() takes at least 16 arguments (1 given)", lambda: arguments.units(1))
raises(
    OverflowError, "units() unsigned byte integer is greater than maximum", lambda: arguments.units(256, *values[1:])
)
raises(OverflowError, "what it should have been", lambda: arguments.text(2**40))
raises(SystemError, "wrong_format() unknown arg format code", lambda: arguments.wrong_format(1, 2))

assert arguments.keywords(1) == (1, None, 3)
assert arguments.keywords(1, "two") == (1, "two", 3)
assert arguments.keywords(1, third=4, second=[]) == (1, [], 4)
raises(
    TypeError,
    "keywords() takes at most 2 positional arguments (3 given)",
    lambda: arguments.keywords(1, 2, 3),
)
raises(TypeError, "keywords() takes at least 1 positional argument (0 given)", lambda: arguments.keywords(second=2))

assert arguments.forward(dict, a=1) == {"a": 1}
assert arguments.forward(max, 3, 5) == 5
raises(TypeError, "something to call is needed", lambda: arguments.forward())
