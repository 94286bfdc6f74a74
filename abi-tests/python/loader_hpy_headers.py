# abi-tests/python/loader_hpy_headers.py: what modules of HPy 0.9.0's own headers are known not to pass through this project's
# loader, and why.

from known import Known

KNOWN = [
    Known(
        "a definition of HPy 0.9.0 has no tp_call of its own, so that `Base.__call__(h)` calls the nearest type's function",
        fails="""
            call_levels.TestLevels.test_function_of_a_base call_levels.TestLevels.test_function_of_an_object
            call_levels.TestLevels.test_overridden
        """,
    ),
    Known(
        "HPyErr_Format of HPy 0.9.0 raises ValueError where the text cannot be made",
        fails="depth.TestDepth.test_error",
    ),
    Known(
        "HPyArg_Parse of HPy 0.9.0 says less about a missing argument",
        fails="inline_helpers.AddType.test_type",
    ),
    Known("the libraries are several files", fails="modules.TestModules.test_full"),
]
