# tests/c_extensions/test_compat_fails.py: what is said of a function that makes no module.
def error_of(call):
    try:
        call()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


errors = []
for attempt in range(4):
    errors.append(error_of(lambda: __import__("compat_fails")))
# On a debug build this runs again and again, and the module is there.
assert errors[3] is None
if errors[0] is not None:
    assert errors[:3] == [
        "ValueError: the first attempt",
        "SystemError: the function that makes the module failed without an exception",
        "SystemError: the function that makes the module returns another object than HPyModule_Create",
    ], errors
    import compat_fails

    error = error_of(compat_fails.create)
    assert error == "SystemError: HPyModule_Create is called outside of the function that makes the module", error
