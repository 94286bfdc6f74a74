# python/hpy/__init__.py: the package `hpy`; it says so where another distribution has put files into it.
"""HPy on CPython: the loader of universal and hybrid modules, with debug and trace mode.

* `hpy.universal` loads modules.
* `hpy.debug` finds leaked handles and wrong use of HPy.
* `hpy.trace` counts and times the calls of HPy's functions.
"""

import os as _os


def _look_for_others() -> None:
    """Reports a distribution `hpy` in the folder of this package. Costs one listing; the rest is imported on a find."""
    folder = _os.path.dirname(_os.path.dirname(_os.path.abspath(__file__)))
    try:
        names = _os.listdir(folder)
    except OSError:  # Inside a zip file, where no installer writes.
        return
    # hpy-sys itself is hpy_sys-VERSION.dist-info.
    if any(name.lower().startswith("hpy-") and name.endswith((".dist-info", ".egg-info")) for name in names):
        from hpy._clash import report

        report(folder)


_look_for_others()
