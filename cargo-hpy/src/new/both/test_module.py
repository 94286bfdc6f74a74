import pytest

import {{module}}


def test_half():
    assert {{module}}.half(7) == 3.5
    with pytest.raises(TypeError):
        {{module}}.half("seven")


def test_point():
    point = {{module}}.Point(3, 4)
    assert (point.x, point.y, point.norm()) == (3, 4, 5)
    with pytest.raises(TypeError):
        {{module}}.Point(3)
