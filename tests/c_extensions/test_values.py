# tests/c_extensions/test_values.py: what values.c does.
import values


def raises(exception, message, call):
    try:
        call()
    except exception as error:
        assert message in str(error), error
    else:
        raise AssertionError(message)


assert values.build() == (
    ([1, -2], {"none": None, "empty": ()}, -3, 2**64 - 1, 0.5, {"a": 1, "b": 2}),
    list("123456789"),
)
raises(SystemError, "unmatched '(' in the format string passed to HPy_BuildValue", values.build_wrong)
assert values.format("é") == "-1     2 -3 4|5 6 7 8|ff € % abc null é 'é' é"
raises(ValueError, "[1] is wrong", lambda: values.format_error([1]))
assert values.pack(1) == (1, None, 1)
assert values.reversed_list() == [] and values.reversed_list(1, 2, 3) == [3, 2, 1]
items, mapping = [5, 6], {0: "zero"}
assert values.first_item(items) == 5 and items == [6]
assert values.first_item(mapping) == "zero" and mapping == {}
assert values.integers(2**31 - 1) == (2**31 - 1, 2**31 - 1, 2**31 - 1)
raises(OverflowError, "Python int too large to convert to C int32_t", lambda: values.integers(2**31))
raises(OverflowError, "", lambda: values.integers(-1))
raises(TypeError, "", lambda: values.integers("1"))
for tested in (slice(None), slice(1, -1), slice(None, None, -2), slice(-100, 100, 3), slice(5, 2), slice(2, 5, -1)):
    start, stop, step = tested.indices(10)
    assert values.indices(tested, 10) == (start, stop, step, len(range(start, stop, step))), tested
raises(FileNotFoundError, "nowhere", lambda: values.no_file("nowhere"))
assert values.call_method(items, (7,)) is None and items == [6, 7]
assert values.call_method("a,b", "split", (",",)) == ["a", "b"]
assert values.evaluate("6 * 7") == 42
raises(SyntaxError, "", lambda: values.evaluate("6 *"))

capsule, before = values.capsule(), values.gone_capsules()
assert values.open_capsule(capsule) == (42, "values.number")
raises(ValueError, "", lambda: values.open_capsule(1))
del capsule
assert values.gone_capsules() == before + 1
assert values.variable("x") == "x" and values.wait() == 45

record = values.record("file", 2, 3)
assert record == ("file", 2, 3) and (record.name, record.size) == ("file", 3)
assert values.Record.__doc__ == "A record." and record.n_fields == 3
raises(TypeError, "expected exactly 3 arguments but got 2", lambda: values.record(1, 2))
