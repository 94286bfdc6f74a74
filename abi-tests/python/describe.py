# abi-tests/python/describe.py: specs of types, for the tests of HPyType_FromSpec.

from support import HAS_LEGACY, load

types = load("types")

DEFAULT, BASETYPE, HAVE_VECTORCALL, HAVE_GC, IMMUTABLETYPE = types.flags()
SIZE = types.struct_size()
LEGACY_SIZE = load("legacy_methods").legacy_struct_size() if HAS_LEGACY else 0
LEGACY, OBJECT, OPAQUE = -1, 0, 100
BASE, BASES_TUPLE, METACLASS = 1, 2, 3


def make(name="types.T", size=SIZE, itemsize=0, flags=DEFAULT | BASETYPE, shape=OBJECT, doc=..., defines=(), slots=(),
         params=()):
    return types.make(name, (size, itemsize, flags, shape), doc, list(defines), list(slots), list(params))


def make_legacy(size=LEGACY_SIZE, **others):
    return make(size=size, shape=LEGACY, **others)
