# Written by hpy-sys: imports the module of this file's name that is built for HPy's universal or hybrid ABI.


def _load():
    import os
    import platform
    import sys

    name = __name__.rpartition(".")[2]
    folder = os.path.dirname(os.path.abspath(__file__))
    extension = "pyd" if os.name == "nt" else "so"
    files = [f"{name}.hpy0.{extension}"]
    if sys.implementation.name == "cpython":
        # One that is built for this very interpreter comes before the one for all of them.
        tag = "cp{}{}{}".format(*sys.version_info[:2], getattr(sys, "abiflags", ""))
        files.insert(0, f"{name}.hpy0-{tag}.{extension}")
    paths = [os.path.join(folder, file) for file in files]
    path = next(filter(os.path.isfile, paths), None)
    if path is None:
        raise ImportError(
            "there is no {} in {}: build it for this Python with `cargo hpy build --abi cpython` or "
            "`HPY_ABI=cpython pip install .`, or for any with universal instead of cpython".format(" or ".join(files), folder),
            name=__name__,
        )
    try:
        from hpy.universal import _load_bootstrap
    except ModuleNotFoundError as error:
        if error.name not in ("hpy", "hpy.universal"):
            raise
        raise ImportError(
            "{} needs hpy.universal to be loaded, which this {} {}.{} does not have: install it for CPython with "
            "`pip install hpy-sys`, or in a clone of hpy-sys with `pip install ./python`; use PyPy or GraalPy, which have "
            "it built in; or build the module for this CPython with `cargo hpy build --abi cpython` or "
            "`HPY_ABI=cpython pip install .`".format(
                os.path.basename(path), platform.python_implementation(), *sys.version_info[:2]
            ),
            name=__name__,
            path=path,
        ) from error
    module = _load_bootstrap(name, __name__, __package__, path, __loader__, __spec__, os.environ)
    # PyPy has the bare name of the module in both.
    module.__name__, module.__file__ = __name__, path
    sys.modules[__name__] = module


_load()
