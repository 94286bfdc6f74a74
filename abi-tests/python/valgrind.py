# abi-tests/python/valgrind.py: runs a script under valgrind: no wrong memory access, and no leaked block of the library.

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))


def run(script, library, arguments):
    """Runs `script` with the arguments and the library under valgrind; prints the errors, and returns the exit code."""
    descriptor, report = tempfile.mkstemp(suffix=".xml")
    os.close(descriptor)
    command = ["valgrind", "--xml=yes", "--xml-file=" + report, "--num-callers=50", "--leak-check=full",
               "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite",
               "--suppressions=" + os.path.join(HERE, "valgrind.supp"), sys.executable, "-s", script,
               *arguments, library]
    # Each object is a block of its own.
    environment = dict(os.environ, PYTHONMALLOC="malloc")
    try:
        code = subprocess.call(command, env=environment)
        errors = list(wrong(report, os.path.basename(library)))
    finally:
        os.unlink(report)
    for error in errors:
        print(error, file=sys.stderr)
    print("valgrind: %d errors" % len(errors), file=sys.stderr)
    return code or (1 if errors else 0)


def wrong(report, library):
    """The errors of a report, as texts: wrong accesses, and blocks that are lost and that the library asked for.

    What CPython loses itself is not our concern.
    """
    for error in xml.etree.ElementTree.parse(report).getroot().iter("error"):
        frames = [(frame.findtext("fn") or "?", os.path.basename(frame.findtext("obj") or ""))
                  for stack in error.iter("stack") for frame in stack.iter("frame")]
        kind = error.findtext("kind")
        if kind.startswith("Leak_") and not any(file == library for _, file in frames):
            continue
        what = error.findtext("what") or error.findtext("xwhat/text")
        yield "\n".join(["%s: %s" % (kind, what)] + ["    %s (%s)" % frame for frame in frames[:20]])
