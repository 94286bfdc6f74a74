# tests/c_extensions/run.py: runs a script, and on a debug build again and again, when the count of references stays flat.
import gc
import sys


def run(code):
    names = {"__name__": "__main__"}
    exec(code, names)
    names.clear()
    gc.collect()
    # The cache of types keeps the names that were looked up.
    sys._clear_type_cache()
    return sys.gettotalrefcount() if hasattr(sys, "gettotalrefcount") else 0


with open(sys.argv[1], encoding="utf-8") as file:
    code = compile(file.read(), sys.argv[1], "exec")
run(code)
if hasattr(sys, "gettotalrefcount"):
    for _ in range(5):
        run(code)
    # Caches grow once in a while; a leak grows each time.
    growth, before, after = [], run(code), run(code)
    for _ in range(5):
        before = run(code)
        after = run(code)
        growth.append(after - before)
    assert min(growth) <= 0, f"{sys.argv[1]} leaks references: {growth}"
