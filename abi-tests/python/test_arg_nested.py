# abi-tests/python/test_arg_nested.py: parentheses in the formats of the argument parsers, which take sequences apart.

from test_arg_parse import DICT, KEYWORDS, PARSE, Case, arg_parse, run


class Sequence:
    """Makes each item anew, so that nobody else keeps it."""

    def __init__(self, *items, length=None):
        self.items, self.length = items, length

    def __len__(self):
        if self.length is None:
            return len(self.items)
        return self.length()

    def __getitem__(self, index):
        made = self.items[index]
        return "".join(made) if isinstance(made, list) else made


class TestNested(Case):
    def test_values(self):
        nested, pair = arg_parse.nested, [[2, "text"], None]
        self.assertEqual(nested(1, ((2, "text"), None)), (1, 2, "text", None, -5, -6))
        self.assertEqual(nested(1, pair, (7, 8)), (1, 2, "text", None, 7, 8))
        self.assertEqual(nested(1, Sequence(Sequence(2, list("made")), list("new")), range(5, 7)), (1, 2, "made", "new", 5, 6))

    def test_numbers(self):
        numbers = arg_parse.nested_numbers
        self.assertEqual(numbers(((1,), 2)), (1, 2, -3, -4))
        self.assertEqual(numbers(one=[3], pair=[[1], 2]), (1, 2, 3, -4))
        self.assertEqual(numbers(((1,), 2), d=4), (1, 2, -3, 4))
        self.refuses(TypeError, "nested_numbers() missing required argument 'pair' (pos 1)", numbers, d=1)
        self.refuses(TypeError, "nested_numbers() argument 2 must be 1-item sequence, not int", numbers, ((1,), 2), one=1)
        self.refuses(TypeError, "nested_numbers() argument 1, item 0 must be sequence of length 1, not 0", numbers, pair=((), 1))

    def test_dict(self):
        nested = arg_parse.nested_dict
        for kw in {"pair": Sequence(list("an object"), list("text"))}, {"c": 5, "pair": ["an object", "text"]}:
            self.assertEqual(nested(kw), ("an object", "text", kw.get("c", -3)))
        self.assertEqual(nested(None, (None, "a")), (None, "a", -3))
        self.refuses(TypeError, "nested_dict() a str is required", nested, {"pair": (1, 2)})
        self.refuses(TypeError, "nested_dict() argument 1 must be sequence of length 2, not 1", nested, {"pair": (1,), "c": 1})

    def test_refused(self):
        nested = arg_parse.nested
        for value in 1, None, "ab", b"ab", bytearray(b"ab"), {0: 1, 1: 2}, object:
            message = "nested() argument 2 must be 2-item sequence, not " + type(value).__name__
            self.refuses(TypeError, message, nested, 1, value)
            self.refuses(TypeError, message.replace("2 must", "2, item 0 must"), nested, 1, (value, 2))
        for length in 0, 1, 3:
            message = "nested() argument 2 must be sequence of length 2, not %d" % length
            self.refuses(TypeError, message, nested, 1, (1,) * length)
            self.refuses(TypeError, message.replace("2 must", "2, item 0 must"), nested, 1, [[1] * length, 2])
            self.refuses(TypeError, message.replace("argument 2", "argument 3"), nested, 1, ((1, "a"), 2), [1] * length)
        self.refuses(TypeError, "nested() a str is required", nested, 1, ((2, 3), 4))
        self.refuses(TypeError, "nested() takes at least 2 arguments (1 given)", nested, 1)
        # A set has a length and no items; one after the other, the first argument is looked at first.
        self.assertRaises(TypeError, nested, 1, {1, 2})
        self.assertRaises(OverflowError, nested, 2**70, 5)

    def test_failing_sequences(self):
        def fail():
            raise LookupError("no length")

        self.refuses(LookupError, "no length", arg_parse.nested, 1, Sequence(length=fail))
        self.refuses(IndexError, "tuple index out of range", arg_parse.nested, 1, Sequence(length=lambda: 2))
        self.refuses(IndexError, "tuple index out of range", arg_parse.nested, 1, Sequence((1, "a"), length=lambda: 2))

    def test_at_run_time(self):
        value = ((2, "a"), 5)
        for form in PARSE, KEYWORDS, DICT:
            names = () if form == PARSE else ("a", "bee", "c")
            self.assertEqual(run(form, "l((ls)O)|(l):f", names, (1, value), None, True), (1, 2, "a", 5, ...))
            self.assertEqual(run(form, "((l))(l)(h)", names, ([[1]], [2], [3]), None, False), (1, 2, 3))
            self.refuses(TypeError, "function argument 2, item 0, item 1 must be 1-item sequence, not int", run, form,
                         "l((l(l)))O", names, (1, [(2, 3)], 4), None, True)
        self.assertEqual(run(DICT, "(ll)|(s):f", ("a", "bee"), (), {"bee": ["x"], "a": [1, 2]}, True), (1, 2, "x"))
        self.assertEqual(run(DICT, "(ll)|(l)l:f", ("a", "bee", "c"), (), {"c": 5, "a": [1, 2]}, False), (1, 2, ..., 5))
        self.assertEqual(run(KEYWORDS, "(ll)$(O)", ("a", "bee"), ((1, 2), (3,)), ("bee",), True), (1, 2, 3))

    def test_without_a_tracker(self):
        for form in PARSE, KEYWORDS, DICT:
            for unit in "O", "s":
                with self.assertRaises(SystemError) as caught:
                    run(form, "(%s):f" % unit, () if form == PARSE else ("a",), ((1,),), None, False)
                self.assertIn("cannot use the format character '%s' unless an HPyTracker is provided" % unit, str(caught.exception))

    def test_wrong_formats(self):
        for format in "(", ")", "(l", "l)", "()", "(l))", "(|l)", "($l)", "(" * 9 + "l" + ")" * 9, "((l)":
            for form in PARSE, KEYWORDS, DICT:
                self.refuses(SystemError, "f() the parentheses of the arg format are wrong", run, form, format + ":f", ("a",),
                             ((1,),), None, True)
