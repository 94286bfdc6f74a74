# cargo-hpy/src/demo.py: shows what the examples do, in the Python that they were built for: python demo.py DOCUMENT

import argparse
import ast
import json
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import hpy_json
import quickstart

# The input, as in the interactive Python; the answers come from the extension.
SESSION = [
    "quickstart.myabs(-7)",
    "quickstart.add_ints(40, 2)",
    "point = quickstart.Point(3, 4)",
    "point",
    "point.norm()",
    "class Named(quickstart.Point):\n    name = 'P'\n",
    "named = Named(1, 2)",
    "named.x, named.y, named.name, isinstance(named, quickstart.Point)",
]
SECONDS = 1.0


def show_session():
    print("\nquickstart, in Rust with HPy")
    names = {"quickstart": quickstart}
    for statement in SESSION:
        first, *rest = statement.rstrip().split("\n")
        print("    >>>", first)
        for line in rest:
            print("    ...", line)
        if is_shown(statement):
            print(end="    ")
        exec(compile(statement, "<demo>", "single"), names)


def is_shown(statement):
    """Whether the interactive Python answers with a value."""
    try:
        compile(statement, "<demo>", "eval")
    except SyntaxError:
        return False
    return True


def show_json(metadata):
    with open(metadata, encoding="utf-8") as file:
        documents = [("`cargo metadata` of this workspace", file.read())]
    with open(argparse.__file__, encoding="utf-8") as file:
        documents.append(("syntax tree of Python's argparse.py", json.dumps(plain(ast.parse(file.read())))))

    print("\nhpy_json.loads, in Rust with HPy and serde_json, beside json.loads of the standard library")
    print(f"    {'document':38}{'kB':>6}{'values':>9}{'json':>11}{'hpy_json':>12}{'speed':>8}")
    for name, text in documents:
        values = json.loads(text)
        if not same(hpy_json.loads(text), values):
            sys.exit(f"the two results differ for the {name}")
        theirs, ours = best_times(text, [json.loads, hpy_json.loads])
        size = len(text.encode()) / 1000
        print(f"    {name:38}{size:6,.0f}{count(values):9,}{theirs * 1e3:8.3f} ms{ours * 1e3:9.3f} ms{theirs / ours:7.2f}x")
    print(f"    The results are equal. Each time is the best of those in {SECONDS:g} s, taken by turns.")


def plain(node):
    """A syntax tree as a JSON encoder takes it."""
    if isinstance(node, list):
        return [plain(item) for item in node]
    if isinstance(node, ast.AST):
        names = (*node._fields, *node._attributes)
        return {"type": type(node).__name__, **{name: plain(getattr(node, name, None)) for name in names}}
    return node if isinstance(node, (str, int, float, type(None))) else repr(node)


def same(one, other):
    """Whether both are equal, in the order of their keys and in their types too: 1 == 1.0 == True in Python."""
    return one == other and json.dumps(one) == json.dumps(other)


def count(value):
    """The number of values in a document."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(count, inner))


def best_times(text, decoders):
    """Times the decoders by turns, so that whatever else the machine does slows both."""
    best = [float("inf")] * len(decoders)
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end or float("inf") in best:
        for index, decode in enumerate(decoders):
            start = time.perf_counter()
            result = decode(text)
            best[index] = min(best[index], time.perf_counter() - start)
            del result
    return best


show_session()
show_json(sys.argv[1])
