# tests/c_extensions/test_speak.py: what speak.cpp does.
import speak

text = speak.Text("one")
assert str(text.say("two").say("three")) == "one two three" and text.count == 3
assert speak.Text.say.__doc__ == "Adds a word." and speak.__doc__ == "An extension in C++."
assert speak.total([1, 2.5]) == 3.5
for wrong in (lambda: speak.total(["x"]), lambda: speak.total(1), lambda: speak.Text(1)):
    try:
        wrong()
        raise AssertionError
    except TypeError:
        pass
