# abi-tests/fuzz/specs.py: random specs of types: each type works, and passes the checks of CPython's debug builds.

import abc
import collections
import copy
import datetime
import functools
import gc
import sys
import warnings
import weakref

import describe
from support import HAS_LEGACY

CASES = 5000
# CPython's cache of attributes of types holds other names after each round.
COUNTED = False
warnings.simplefilter("ignore", DeprecationWarning)

MEMBERS = ["short", "int", "long", "float", "double", "object", "character", "byte", "ubyte", "ushort", "uint", "ulong",
           "inplace", "boolean", "object_ex", "longlong", "ulonglong", "ssize", "readonly_int", "readonly_object_ex"]
# They reach the struct where the shape Object has it.
OF_OBJECT = ["set", "both"]
OTHERS = ["noargs", "one", "positional", "keywords", "dunder", "get", "get_fails", "new", "repr", "other_repr", "init",
          "call", "traverse_nothing", "destroy"]
WRONG = ["method_repr", "method_eq", "method_iter", "bad_signature", "bad_slot", "bad_kind", "exec", "none"]
LEGACY_SLOTS = ["methods", "members", "getset", "repr", "call", "doc"]


class Plain:
    pass


class Slots:
    __slots__ = ("slot",)


class Empty:
    __slots__ = ()


class Mixin:
    __slots__ = ("__weakref__",)


class Meta(type):
    pass


class MetaWithNew(type):
    def __new__(cls, *arguments):
        return super().__new__(cls, *arguments)


class OfMeta(metaclass=Meta):
    pass


class OfMetaWithNew(metaclass=MetaWithNew):
    pass


BASES = [object, Plain, Slots, Empty, Mixin, OfMeta, OfMetaWithNew, abc.ABC, collections.abc.Sized, list, dict, tuple, int,
         float, str, bytes, type, ValueError, OSError, set, frozenset, bool, type(None), functools.partial,
         collections.OrderedDict, collections.deque, datetime.time, datetime.datetime, memoryview, type(lambda: 0),
         property, 7, "text", ..., weakref.ref]
# Types that earlier cases have made.
made = []


class Case:
    def __init__(self, **description):
        self.__dict__ = description

    def __repr__(self):
        return ", ".join("%s=%r" % item for item in self.__dict__.items())


def sample(randoms, names, most):
    return [randoms.choice(names) for _ in range(randoms.randint(0, most))]


def case(randoms):
    legacy = HAS_LEGACY and randoms.random() < 0.2
    shape = describe.LEGACY if legacy else randoms.choice([0] * 8 + [1, 2, 3, 4, 5, 6, 7] + [100] * 4 + [8, -2] * (randoms.random() < 0.1))
    size = randoms.choice([0, 0, describe.LEGACY_SIZE if legacy else describe.SIZE, describe.SIZE, 8, 1, 4096] + [-1] * (randoms.random() < 0.05))
    defines = sample(randoms, OTHERS, 3)
    if randoms.random() < 0.1:
        defines += sample(randoms, WRONG, 1)
    if size >= describe.SIZE and not legacy:
        defines += sample(randoms, MEMBERS, 4) + sample(randoms, ["traverse"], 1)
        if shape == 0:
            defines += sample(randoms, OF_OBJECT, 1)
    randoms.shuffle(defines)
    collected = any(name.startswith("traverse") for name in defines)
    slots = sample(randoms, LEGACY_SLOTS, 2) if legacy else []
    flags = describe.DEFAULT
    for flag, chance in ((describe.BASETYPE, 0.8), (describe.HAVE_GC, 0.6 if collected else 0.03), (describe.IMMUTABLETYPE, 0.1),
                         (describe.HAVE_VECTORCALL, 0.02), (1 << randoms.randrange(32), 0.03)):
        if randoms.random() < chance:
            flags |= flag
    params = []
    for _ in range(randoms.choice([0, 1, 1, 1, 2, 3])):
        params.append((describe.BASE, randoms.choice(BASES + made[-20:])))
    if randoms.random() < 0.1:
        params = [(describe.BASES_TUPLE, randoms.choice([tuple(base for _, base in params), (), [], None, ...]))]
    if randoms.random() < 0.15:
        params.insert(randoms.randint(0, len(params)),
                      (describe.METACLASS, randoms.choice([type, Meta, MetaWithNew, abc.ABCMeta, int, 7, ...])))
    if size < describe.LEGACY_SIZE or params:
        # Its members lie in the struct, which begins with that of a base.
        slots = [slot for slot in slots if slot != "members"]
    if "new" in defines or "init" in defines:
        # They do not touch fields that a base has to initialise.
        params = []
    if randoms.random() < 0.02:
        params.append((9, object))
    return Case(name=randoms.choice(["specs.T", "T", "a.b.T"]), size=size, itemsize=0 if legacy else randoms.choice([0] * 40 + [8, 8, -1]),
                flags=flags, shape=shape, doc=randoms.choice([..., "", "a doc", "T(a)\n--\n\ntext"]), defines=defines,
                slots=slots, params=params)


# The exceptions that a wrong spec may raise, HPy's and CPython's.
REFUSALS = (TypeError, ValueError, SystemError, RuntimeError, OverflowError, AttributeError)


def check(case):
    try:
        class_ = describe.types.make(case.name, (case.size, case.itemsize, case.flags, case.shape), case.doc, case.defines,
                                     case.slots, case.params)
    except REFUSALS as error:
        assert "panicked" not in str(error), error
        return
    assert isinstance(class_, type), class_
    made.append(class_)
    del made[:-40]
    use(class_)
    try:
        below = type(class_)("Below", (class_,), {"attribute": 1})
        tight = type(class_)("Tight", (class_,), {"__slots__": ()})
    except TypeError:
        return
    use(below)
    use(tight)


def use(class_):
    try:
        h = class_()
    except (TypeError, ValueError, OverflowError):
        return
    if type(h) is not class_:
        return
    for name in ["slot", "anything"] + MEMBERS:
        # A field that the description does not visit keeps a cycle for ever.
        for value in ([] if "object" in name else [h], 1, 1.5, b"x", "x"):
            try:
                setattr(h, name, value)
            except (TypeError, AttributeError, ValueError, OverflowError):
                continue
            break
    for action in (repr, hash, lambda h: h(), copy.copy, weakref.ref, dir, lambda h: h == h, gc.get_referents, bool):
        try:
            action(h)
        except (TypeError, ValueError, KeyError, AttributeError, NotImplementedError, SystemError, RecursionError) as error:
            assert "panicked" not in str(error), error
    del h, action, value
    gc.collect(0)
    class_.__mro__, class_.__basicsize__, class_.__doc__, sys.getrefcount(class_)
