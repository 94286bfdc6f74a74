# count.py: runs the statements of all rows under callgrind, which writes what each of them takes.
#
# Called with the file of counter.c's library and a file of rows, a JSON list of objects with name, setup, statement and
# repeat. A row that fails is left out, and its error printed, one JSON object a line.

import ctypes
import gc
import json
import sys

# The sizes that CPython's allocator serves from pools, and the size of a pool.
BLOCK, LARGEST, POOL = 16, 512, 16 * 1024

LOOP = """
def run(times):
    {setup}
    for _ in times:
        {statement}
    zero()
    for _ in times:
        {statement}
"""


def function(row, zero):
    """A function that runs a row's statement len(times) times, then starts to count, and runs them again.

    The first half lets the interpreter learn what it specialises, and fills free lists.
    """
    setup = row["setup"].strip().replace("\n", "\n    ")
    statement = row["statement"].strip().replace("\n", "\n        ")
    names = {"zero": zero}
    exec(compile(LOOP.format(setup=setup or "pass", statement=statement), row["name"], "exec"), names)
    return names["run"]


def used_memory():
    """Objects to keep while a row runs: a pool of each size that is half full, as in a program that has run for a while.

    A new pool is full or empty so that a statement may take it and give it back each time: hundreds of instructions that
    depend on what else the process holds, not on the statement.
    """
    kept = []
    for size in range(BLOCK, LARGEST + BLOCK, BLOCK):
        blocks = [of_size(size) for _ in range(2 * POOL // size)]
        kept.append(blocks[::2])
    return kept


def of_size(size):
    """An object of so many bytes, which is of a type without a free list."""
    if size < sys.getsizeof(b"") + 1:
        return object() if size == BLOCK else complex()
    return bytes(size - sys.getsizeof(b""))


def main():
    library = ctypes.CDLL(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        rows = json.load(file)
    gc.disable()
    library.start()
    for row in rows:
        try:
            run = function(row, library.zero)
            for count in (row["repeat"], 2 * row["repeat"]):
                gc.collect()
                kept = used_memory()
                run((None,) * count)
                del kept
                library.dump(f"{row['name']}={count}".encode())
        except Exception as error:
            print(json.dumps({"row": row["name"], "problem": f"{type(error).__name__}: {error}"}), flush=True)


main()
