# abi-tests/python/restart_use.py: loads all modules, and leaves objects in each kind of storage.
"""HPY_ABI_TESTS names the library with all families, HPY_EXAMPLES the modules of other libraries: name=path, ..."""

import importlib.machinery
import importlib.util
import os

import support

FAMILIES = ("arg_parse buffer build_value bytes call call_function calls capsule containers error format gc globals "
            "handles inline_helpers interpreter kept_names shapes slots struct_sequence tracker types unicode").split()


class Last:
    """An object that reports its finalization."""

    def __init__(self, text, write=os.write):
        self.write, self.text = write, (text + "\n").encode()

    def __del__(self):
        self.write(1, self.text)


# The families that say that each interpreter may have a lock of its own.
WITH_OWN_LOCK = ("globals", "kept_names")


class Named:
    kept = "value"


def use(own_lock=False):
    modules = {name: support.load(name) for name in (WITH_OWN_LOCK if own_lock else FAMILIES)}
    for _ in range(4):
        assert modules["kept_names"].get(Named) is Named.kept, "a name of another interpreter"
    if own_lock:
        assert modules["globals"].get() is support.NULL, "a value of another interpreter"
        modules["globals"].store(Last("own lock"))
        return
    for example in filter(None, os.environ.get("HPY_EXAMPLES", "").split(",")):
        name, path = example.split("=")
        loader = importlib.machinery.ExtensionFileLoader(name, path)
        spec = importlib.util.spec_from_file_location(name, path, loader=loader)
        module = importlib.util.module_from_spec(spec)
        loader.exec_module(module)
        modules[name] = module
    assert modules["globals"].get() is support.NULL, "a value of an interpreter that has ended"
    modules["globals"].store(Last("global"))
    node = modules["gc"].Node()
    node.left = node
    node.right = Last("field")
    modules["globals"].store_other([Last("other"), node, modules])
    modules["shapes"].make("full", "shapes.List", support.NULL)([node])
    modules["calls"].own = Last("module")
