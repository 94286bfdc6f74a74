# cargo-hpy/tests/wheel/setup.py: builds the quickstart for the ABI in HPY_ABI, with the SDK in HPY_SDK.
import os
import shutil

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

abi = os.environ["HPY_ABI"] if "HPY_ABI" in os.environ else "cpython"
sdk = os.environ["HPY_SDK"]
library = "cpython" if abi == "cpython" else "universal"


class Build(build_ext):
    def get_ext_filename(self, fullname):
        return fullname + ".hpy0.so" if abi == "universal" else super().get_ext_filename(fullname)

    def build_extension(self, ext):
        super().build_extension(ext)
        if abi == "universal":
            path = self.get_ext_fullpath(ext.name)
            shutil.copy(f"{sdk}/share/hpy/stub.py", path.replace(".hpy0.so", ".py"))


setup(
    name="quickstart",
    version="1.0",
    cmdclass={"build_ext": Build},
    ext_modules=[
        Extension(
            "quickstart",
            sources=["quickstart.c"],
            include_dirs=[f"{sdk}/include"],
            define_macros=[("HPY", None), (f"HPY_ABI_{library.upper()}", None)],
            extra_objects=[f"{sdk}/lib/{library}/libhpy.a"],
        )
    ],
)
