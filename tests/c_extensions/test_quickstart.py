# tests/c_extensions/test_quickstart.py: what quickstart.c does.
import quickstart
from quickstart import Point

assert quickstart.__doc__ == "HPy Quickstart Example"
assert quickstart.myabs(-4) == 4 and quickstart.myabs.__doc__ == "The absolute value."
assert quickstart.add_ints(2, 3) == 5
try:
    quickstart.add_ints(2)
    raise AssertionError
except TypeError as error:
    assert str(error) == "function takes exactly 2 arguments (1 given)"

point = Point(1, y=2)
assert repr(point) == "Point(1, 2)" and (point.x, point.y, point.sum) == (1.0, 2.0, 3.0)
assert Point.x.__doc__ == "To the right." and Point.sum.__doc__ == "x + y"
assert point.dot(Point(3, 4)) == 11.0
assert point < Point(5, 0) and not point == Point(5, 0) and point != Point(5, 0)
point.first = 7.0
assert point.x == point.first == 7.0
for change in (lambda: setattr(point, "y", 1.0), lambda: setattr(point, "sum", 1.0)):
    try:
        change()
        raise AssertionError
    except AttributeError:
        pass
try:
    Point(1, 2).dot(3)
    raise AssertionError
except TypeError as error:
    assert str(error) == "a point is needed"


class Colored(Point):
    pass


colored = Colored(3, 4)
colored.color = "red"
assert colored.x == 3.0 and colored.dot(colored) == 25.0
assert quickstart.builtins()["len"] is len
