# abi-tests/python/test_arg_parse.py: the values and errors of the argument parsers, with formats at compile time and at run time.

import sys
import unittest

from support import WAY, LANGUAGE, load

arg_parse = load("arg_parse")
run = arg_parse.run

PARSE, KEYWORDS, DICT = range(3)

LONG_BITS = 64 if sys.maxsize > 2**32 and sys.platform != "win32" else 32
SSIZE_BITS = 64 if sys.maxsize > 2**32 else 32

# unit: (bits, whether it is signed) of those that are checked and of those that are masked
CHECKED = {"b": (8, False), "h": (16, True), "i": (32, True), "l": (LONG_BITS, True), "L": (64, True), "n": (SSIZE_BITS, True)}
MASKED = {"B": 8, "H": 16, "I": 32, "k": LONG_BITS, "K": 64}

RANGE = {
    "b": ("unsigned byte integer is less than minimum", "unsigned byte integer is greater than maximum"),
    "h": ("signed short integer is less than minimum", "signed short integer is greater than maximum"),
    "i": ("signed integer is less than minimum", "signed integer is greater than maximum"),
}


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Failing:
    def __index__(self):
        raise LookupError("no index")

    __bool__ = __float__ = __index__


class Case(unittest.TestCase):
    def refuses(self, exception, message, function, *args, **kwargs):
        """The exception is of this very type and has this message."""
        with self.assertRaises(exception) as caught:
            function(*args, **kwargs)
        self.assertIs(type(caught.exception), exception)
        self.assertEqual(str(caught.exception), message)


class Units(Case):
    def both(self, unit):
        """The unit with its format in the source, which Rust reads at compile time, and at run time."""
        yield getattr(arg_parse, unit)
        yield lambda value: run(PARSE, unit + ":" + unit, (), (value,), None, False)[0]

    def test_checked_integers(self):
        for unit, (bits, signed) in CHECKED.items():
            least, greatest = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
            less, greater = RANGE.get(unit, (None, None))
            for convert in self.both(unit):
                with self.subTest(unit=unit):
                    for value in {least, -1 if signed else 0, 0, 1, greatest}:
                        self.assertEqual(convert(value), value)
                    for value, message in (least - 1, less), (greatest + 1, greater):
                        # A value that is too big for a C long is refused by the conversion itself.
                        if message and bits < LONG_BITS:
                            self.refuses(OverflowError, f"{unit}() {message}", convert, value)
                        else:
                            self.assertRaises(OverflowError, convert, value)
                    self.assertRaises(OverflowError, convert, 2**100)
                    self.assertRaises(TypeError, convert, "1")
                    self.assertRaises(TypeError, convert, None)
                    # Python 3.9 still asks __int__ too.
                    if sys.version_info >= (3, 10) or unit == "n":
                        self.assertRaises(TypeError, convert, 1.0)

    def test_masked_integers(self):
        for unit, bits in MASKED.items():
            for convert in self.both(unit):
                with self.subTest(unit=unit):
                    for value in 0, 1, -1, 2**bits - 1, 2**bits, 2**100 + 5, -(2**70):
                        self.assertEqual(convert(value), value % 2**bits)
                    self.assertRaises(TypeError, convert, "1")

    def test_index(self):
        for unit in "bBhHiIlkLKn":
            for convert in self.both(unit):
                with self.subTest(unit=unit):
                    self.assertEqual(convert(Index(7)), 7)
                    self.refuses(LookupError, "no index", convert, Failing())

    def test_floats(self):
        for unit in "fd":
            for convert in self.both(unit):
                with self.subTest(unit=unit):
                    for value in 0.0, 1.5, -1.0, 2, Index(3):
                        self.assertEqual(convert(value), value if not isinstance(value, Index) else 3.0)
                    self.assertRaises(TypeError, convert, "1.5")
                    self.refuses(LookupError, "no index", convert, Failing())
        self.assertEqual(arg_parse.d(0.1), 0.1)
        self.assertNotEqual(arg_parse.f(0.1), 0.1)
        self.assertAlmostEqual(arg_parse.f(0.1), 0.1, places=6)

    def test_text(self):
        for convert in self.both("s"):
            for text in "", "a", "größe", "\U0001f40d" * 100:
                self.assertEqual(convert(text), text)
            for other in b"bytes", None, 1:
                self.refuses(TypeError, "s() a str is required", convert, other)
            for text in "\0", "a\0", "a\0b":
                self.refuses(ValueError, "s() embedded null character", convert, text)
            # The encoder's own exception is not lost.
            self.assertRaises(UnicodeEncodeError, convert, "\udc80")

    def test_object(self):
        for convert in self.both("O"):
            for value in None, [], Failing():
                self.assertIs(convert(value), value)

    def test_truth(self):
        for convert in self.both("p"):
            for value in 0, 1, "", "no", [], None, -1:
                self.assertEqual(convert(value), int(bool(value)))
            self.refuses(LookupError, "no index", convert, Failing())


class Counts(Case):
    def test_names_in_messages(self):
        range_error = "signed short integer is greater than maximum"
        self.refuses(OverflowError, "function " + range_error, arg_parse.unnamed, 70000)
        self.refuses(OverflowError, "h() " + range_error, arg_parse.h, 70000)
        self.refuses(OverflowError, "give a small number", arg_parse.with_text, 70000)
        self.refuses(TypeError, "give a small number", arg_parse.with_text)
        self.refuses(TypeError, "give a small number", arg_parse.with_text, 1, 2)
        self.refuses(TypeError, "one:two", arg_parse.text_then_name)
        self.refuses(TypeError, "one;two() takes exactly 1 argument (0 given)", arg_parse.name_then_text)

    def test_long_names_are_cut(self):
        with self.assertRaises(TypeError) as caught:
            arg_parse.long_name()
        name, message = str(caught.exception).split("()")
        self.assertEqual((len(name), name[0], name[-1]), (200, "a", "0"))
        self.assertEqual(message, " takes exactly 1 argument (0 given)")
        text = "é" * 400
        with self.assertRaises(TypeError) as caught:
            run(PARSE, "l;" + text, (), (), None, False)
        self.assertEqual(str(caught.exception), "é" * 255)

    def test_nothing(self):
        self.assertIsNone(arg_parse.nothing())
        self.refuses(TypeError, "nothing() takes exactly 0 arguments (1 given)", arg_parse.nothing, 1)

    def test_optional(self):
        self.assertEqual(arg_parse.optional(1), (1, -2, ...))
        self.assertEqual(arg_parse.optional(1, 2), (1, 2, ...))
        self.assertEqual(arg_parse.optional(1, 2, "x"), (1, 2, "x"))
        self.refuses(TypeError, "optional() takes at least 1 argument (0 given)", arg_parse.optional)
        self.refuses(TypeError, "optional() takes at most 3 arguments (4 given)", arg_parse.optional, 1, 2, 3, 4)

    def test_errors_come_in_the_order_of_arguments(self):
        # As in CPython the number of arguments comes first.
        self.refuses(TypeError, "optional() takes at most 3 arguments (4 given)", arg_parse.optional, Failing(), 2, 3, 4)
        self.refuses(LookupError, "no index", arg_parse.optional, Failing(), "x", 3)
        self.refuses(LookupError, "no index", arg_parse.tracked, 1, Failing())

    def test_missing_optional_text_and_truth_are_untouched(self):
        self.assertEqual(arg_parse.optional_text(), ("unset", 99))
        self.assertEqual(arg_parse.optional_text("x"), ("x", 99))
        self.assertEqual(arg_parse.optional_text("x", []), ("x", 0))

    def test_tracker(self):
        value = object()
        self.assertEqual(arg_parse.tracked(value, 5), (value, 5))
        self.assertRaises(TypeError, arg_parse.tracked, value, "5")
        self.assertRaises(TypeError, arg_parse.tracked)


class Keywords(Case):
    def test_values(self):
        f = arg_parse.keywords
        self.assertEqual(f(1), (1, -2, ...))
        self.assertEqual(f(1, 2), (1, 2, ...))
        self.assertEqual(f(a=1), (1, -2, ...))
        self.assertEqual(f(bee=2, a=1), (1, 2, ...))
        self.assertEqual(f(1, c=3), (1, -2, 3))
        self.assertEqual(f(c="x", bee=2, a=1), (1, 2, "x"))
        # Names that are made at run time are other objects with the same text.
        self.assertEqual(f(1, **{"".join(["b", "ee"]): 2}), (1, 2, ...))

    def test_errors(self):
        f = arg_parse.keywords
        self.refuses(TypeError, "keywords() missing required argument 'a' (pos 1)", f)
        self.refuses(TypeError, "keywords() missing required argument 'a' (pos 1)", f, bee=2)
        self.refuses(TypeError, "keywords() takes at most 2 positional arguments (3 given)", f, 1, 2, 3)
        self.refuses(TypeError, "keywords() got an unexpected keyword argument 'zzz'", f, 1, zzz=3)
        self.refuses(TypeError, "keywords() got an unexpected keyword argument 'be'", f, 1, be=3)
        self.refuses(TypeError, "keywords() got an unexpected keyword argument 'beee'", f, 1, beee=3)
        self.refuses(TypeError, "keywords() got an unexpected keyword argument ''", f, 1, **{"": 3})
        self.refuses(TypeError, "keywords() got an unexpected keyword argument 'a\\x00'", f, 1, **{"a\0": 3})
        self.refuses(TypeError, "keywords() got an unexpected keyword argument '\\udc80'", f, 1, **{"\udc80": 3})
        self.refuses(TypeError, "keywords() got multiple values for argument 'a'", f, 1, a=2)
        self.refuses(TypeError, "keywords() got multiple values for argument 'bee'", f, 1, 2, bee=2)
        self.refuses(LookupError, "no index", f, Failing(), zzz=3)
        self.refuses(LookupError, "no index", f, bee=Failing(), a=1)

    def test_tracker(self):
        f = arg_parse.keywords_tracked
        self.assertEqual(f([1], b=[2]), ([1], [2]))
        self.assertEqual(f(b=[2], a=[1]), ([1], [2]))
        self.refuses(TypeError, "keywords_tracked() missing required argument 'b' (pos 2)", f, [1])
        self.refuses(TypeError, "keywords_tracked() takes at most 2 arguments (3 given)", f, 1, 2, 3)

    def test_positional_only(self):
        f = arg_parse.positional_only
        self.assertEqual(f(1), (1, -2, -3))
        self.assertEqual(f(1, 2, c=3), (1, 2, 3))
        self.assertEqual(f(1, c=3), (1, -2, 3))
        self.refuses(TypeError, "positional_only() takes at least 1 positional argument (0 given)", f, c=3)
        self.refuses(TypeError, "positional_only() takes at least 1 positional argument (0 given)", f, **{"": 3})
        self.refuses(TypeError, "positional_only() got an unexpected keyword argument ''", f, 1, **{"": 3})
        self.refuses(TypeError, "positional_only() takes at most 3 arguments (4 given)", f, 1, 2, 3, 4)

    def test_keyword_only(self):
        f = arg_parse.keyword_only
        self.assertEqual(f(), -1)
        self.assertEqual(f(a=1), 1)
        self.refuses(TypeError, "function takes no positional arguments", f, 1)

    def test_none(self):
        f = arg_parse.no_keywords
        self.assertIsNone(f())
        self.refuses(TypeError, "no_keywords() takes at most 0 arguments (1 given)", f, 1)
        self.refuses(TypeError, "no_keywords() takes at most 0 keyword arguments (1 given)", f, a=1)

    def test_not_ascii(self):
        f = arg_parse.not_ascii
        self.assertEqual(f(größe=3), 3)
        self.refuses(TypeError, "é() missing required argument 'größe' (pos 1)", f)
        self.refuses(TypeError, "é() missing required argument 'größe' (pos 1)", f, größ=3)


class Dicts(Case):
    def test_values(self):
        f = arg_parse.dict
        value = object()
        for empty in None, {}:
            self.assertEqual(f(empty, value), (value, -2, "unset"))
            self.assertEqual(f(empty, value, 2), (value, 2, "unset"))
        self.assertEqual(f({"a": value}), (value, -2, "unset"))
        self.assertEqual(f({"c": "x" + str(1), "a": value}), (value, -2, "x1"))
        self.assertEqual(f({"c": "x"}, value, 2), (value, 2, "x"))

    def test_untracked(self):
        f = arg_parse.dict_untracked
        self.assertEqual(f(None, 1), (1, -2, "unset"))
        if WAY != "debug":
            # The parser has closed the handle of this text; the native ABI keeps it as long as the dictionary.
            self.assertEqual(f({"c": "x", "bee": 2}, 1), (1, 2, "x"))
        self.refuses(TypeError, "dict_untracked() a str is required", f, {"c": 5}, 1)
        self.refuses(TypeError, "dict_untracked() got an unexpected keyword argument ''", f, {"": 5}, 1)
        self.refuses(TypeError, "dict_untracked() got an unexpected keyword argument 'd'", f, {"bee": 1, "d": 5}, 1)

    def test_errors(self):
        f = arg_parse.dict
        self.refuses(TypeError, "dict() missing required argument 'a' (pos 1)", f, None)
        self.refuses(TypeError, "dict() missing required argument 'a' (pos 1)", f, {"bee": 2})
        self.refuses(TypeError, "dict() takes at most 2 positional arguments (3 given)", f, None, 1, 2, "x")
        self.refuses(TypeError, "dict() got an unexpected keyword argument 'zzz'", f, {"zzz": 1}, 1)
        self.refuses(TypeError, "dict() got multiple values for argument 'a'", f, {"bee": 2, "a": 1}, 1)
        self.refuses(LookupError, "no index", f, {"a": 1, "bee": Failing()})
        self.refuses(LookupError, "no index", f, {"a": 1, "bee": Failing(), "zzz": 2})
        # A key that is no text matches no parameter.
        self.assertRaises(TypeError, f, {1: 2}, 1)
        self.assertRaises(SystemError, f, [("a", 1)])

    def test_a_dictionary_that_changes_while_it_is_read(self):
        class Shrinking:
            def __index__(self):
                kw.clear()
                return 5

        kw = {"bee": Shrinking(), "c": "text" + str(self)}
        if LANGUAGE == "rust":
            # The format is known at compile time, and all values are looked up before one is converted.
            self.assertEqual(arg_parse.dict(kw, 1), (1, 5, "text" + str(self)))
        else:
            self.assertRaises((KeyError, TypeError), arg_parse.dict, kw, 1)
        kw = {"bee": Shrinking()}
        self.assertEqual(arg_parse.dict_untracked(kw, 1), (1, 5, "unset"))
        kw = {"bee": Shrinking(), "c": "text"}
        # A list of the names misses the item, the dictionary itself has fewer items than before.
        self.assertRaises((KeyError, TypeError), run, DICT, "l|ls", ("a", "bee", "c"), (1,), kw, True)
        # The fast path rejected the arguments. User code has mutated them when the parser looks for the error: it still raises.
        kw = {"bee": Shrinking(), "zzz": 1}
        self.assertRaises(TypeError, arg_parse.dict, kw, 1)

    def test_lacking_tracker(self):
        message = (
            "dict_lacks_tracker() HPyArg_ParseKeywords cannot use the format character 'O' unless an HPyTracker is "
            "provided. Please supply an HPyTracker."
        )
        for kw in None, {}, {"a": 1}:
            self.refuses(SystemError, message, arg_parse.dict_lacks_tracker, kw, 1)


class RunTime(Case):
    def test_positional(self):
        self.assertEqual(run(PARSE, "", (), (), None, False), ())
        self.assertEqual(run(PARSE, "bl|sp:f", (), (1, 2), None, False), (1, 2, ..., ...))
        self.assertEqual(run(PARSE, "bl|sp:f", (), (1, 2, "x", 3), None, True), (1, 2, "x", 1))
        self.refuses(TypeError, "f() takes exactly 2 arguments (1 given)", run, PARSE, "ll:f", (), (1,), None, True)
        self.refuses(TypeError, "f() takes exactly 1 argument (2 given)", run, PARSE, "l:f", (), (1, 2), None, False)
        for format in "Z", "$l", "l l", "l$l":
            self.refuses(SystemError, "function unknown arg format code", run, PARSE, format, (), (1, 1), None, True)

    def test_keywords(self):
        for form, kw, args in (KEYWORDS, ("c", "b"), (1, 3, 2)), (DICT, {"c": 3, "b": 2}, (1,)):
            for tracker in False, True:
                self.assertEqual(run(form, "l|l$l:f", ("a", "b", "c"), args, kw, tracker), (1, 2, 3))
        for form in KEYWORDS, DICT:
            self.assertEqual(run(form, "O|O", ("a", "b"), (1,), None, True), (1, ...))
            self.assertEqual(run(form, "l$l", ("a", "b"), (1,), None, False), (1, ...))
        value = [1]
        self.assertIs(run(KEYWORDS, "O", ("a",), (value,), ("a",), True)[0], value)
        self.assertIs(run(DICT, "O", ("a",), (), {"a": value}, True)[0], value)

    def test_keyword_errors(self):
        def both(exception, message, format, names, args, with_tracker=True):
            for form in KEYWORDS, DICT:
                self.refuses(exception, message, run, form, format, names, args, None, with_tracker)

        both(SystemError, "f() empty keyword parameter name", "ll:f", ("a", ""), (1, 2))
        both(TypeError, "f() mismatched args (too few keywords for fmt)", "ll:f", ("a",), (1, 2))
        both(TypeError, "f() mismatched args (too many keywords for fmt)", "l:f", ("a", "b"), (1,))
        both(TypeError, "f() missing required argument 'b' (pos 2)", "ll:f", ("a", "b"), (1,))
        both(TypeError, "f() takes exactly 1 positional argument (2 given)", "l$l:f", ("a", "b"), (1, 2))
        both(TypeError, "f() takes at most 1 argument (2 given)", "l:f", ("a",), (1, 2))
        both(TypeError, "f() takes at most 2 arguments (3 given)", "l|l:f", ("a", "b"), (1, 2, 3))
        both(SystemError, "f() unknown arg format code", "lZ:f", ("a", "b"), (1, 2))
        both(TypeError, "say so", "l;say so", ("a",), ())
        message = "HPyArg_ParseKeywords cannot use the format character 'O' unless an HPyTracker is provided. Please supply an HPyTracker."
        both(SystemError, "f() " + message, "O:f", ("a",), (1,), False)

    def test_unused_keywords(self):
        message = "f() got an unexpected keyword argument 'zzz'"
        self.refuses(TypeError, message, run, KEYWORDS, "l|l:f", ("a", "b"), (1, 2), ("zzz",), True)
        self.refuses(TypeError, message, run, DICT, "l|l:f", ("a", "b"), (1,), {"zzz": 2}, True)
        message = "f() got multiple values for argument 'a'"
        self.refuses(TypeError, message, run, KEYWORDS, "l|l:f", ("a", "b"), (1, 2), ("a",), True)
        self.refuses(TypeError, message, run, DICT, "l|l:f", ("a", "b"), (1,), {"a": 2}, True)
        # Only C code can give one name twice.
        self.refuses(TypeError, message, run, KEYWORDS, "l|l:f", ("a", "b"), (1, 2), ("a", "a"), True)

    def test_names_come_after_values(self):
        for names in {5: Failing(), "a": 1}, {"zzz": 5, "a": Failing()}, {"\udc80": 5, "a": Failing()}, {5: 6, "a": Failing()}:
            if names["a"] == 1:
                self.refuses(TypeError, "keywords must be strings", run, DICT, "l|l:f", ("a", "b"), (), names, True)
            else:
                self.refuses(LookupError, "no index", run, DICT, "l|l:f", ("a", "b"), (), names, True)

    def test_names_without_a_length(self):
        message = "f() could not retrieve length of keyword names tuple"
        self.refuses(SystemError, message, run, KEYWORDS, "l:f", ("a",), (1,), 5, True)

    def test_same_as_at_compile_time(self):
        names, calls = ("a", "bee", "c"), []
        for args in (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ("x",), (1, "x"):
            for kw in {}, {"a": 1}, {"bee": 2}, {"c": 3}, {"d": 4}, {"c": 3, "bee": 2}, {"bee": "x"}, {"c": 1, "d": 2, "a": 3}:
                calls.append((args, kw))
        for args, kw in calls:
            for form in KEYWORDS, DICT:
                with self.subTest(args=args, kw=kw, form=form):
                    def run_time():
                        if form == DICT:
                            return run(DICT, "l|l$O:keywords", names, args, kw, True)
                        return run(KEYWORDS, "l|l$O:keywords", names, (*args, *kw.values()), tuple(kw), True)

                    try:
                        expected = arg_parse.keywords(*args, **kw)
                    except Exception as error:
                        self.refuses(type(error), str(error), run_time)
                    else:
                        found = run_time()
                        self.assertEqual(found, tuple(... if b is ... else a for a, b in zip(expected, found)))
