# tests/c_extensions/test_compat_context.py: what compat_context.c does.
import compat_context
from compat_context import Point

assert compat_context.__doc__ == "In the form of HPy 0.0.2."
assert compat_context.echo(Ellipsis) is Ellipsis
assert repr(Point(1, 2) + Point(3, 4)) == "Point(4, 6)"
point = Point(1, 2)
point.x = 7
assert point.x == 7 and repr(point) == "Point(7, 2)"
