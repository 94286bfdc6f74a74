"""An extension for Python, written with HPy."""

class Point:
    """A point of the plane."""

    x: float
    y: float

    def __new__(cls, x: float, y: float) -> Point: ...
    def norm(self) -> float:
        """The distance from the origin."""

def half(number: float) -> float:
    """Half of a number."""
