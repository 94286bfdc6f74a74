# tests/c_extensions/test_compat_cpp.py: what compat_cpp.cpp does.
import compat_cpp

assert compat_cpp.__doc__ == "In the form of HPy 0.0.4, in C++."
assert compat_cpp.repeat("ab") == "abab" and compat_cpp.repeat(times=3, text="c") == "ccc"
assert compat_cpp.repeat.__doc__ == "A text, a few times."
assert compat_cpp.Counter().value == 0 and compat_cpp.Counter(5).value == 5
