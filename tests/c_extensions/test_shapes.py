# tests/c_extensions/test_shapes.py: what shapes.c does.
import shapes

# CPython 3.9 and 3.10 take the metaclass of a type with the shape Type from nowhere but a class statement.
made = {
    "Object": (),
    "Long": (7,),
    "Float": (1.5,),
    "Unicode": ("text",),
    "Tuple": ((1,),),
    "List": ([1, 2, 3],),
    "Dict": ({"key": "value"},),
    "Type": ("Name", (), {}),
}
for name, arguments in made.items():
    of = getattr(shapes, name)
    for each in (of, type("Child" + name, (of,), {})):
        one = each(*arguments)
        assert one.number == 0, name
        one.number = 21
        assert one.double() == 42, name
        if name not in ("Object", "Type"):
            assert one == of.__base__(*arguments), name

for of in (shapes.Object, type("Child", (shapes.Object,), {}), shapes.List, type("ChildList", (shapes.List,), {})):
    one = shapes.make(of, 21)
    assert one.number == 21 and one.double() == 42, of
try:
    shapes.make(1, 2)
    raise AssertionError
except TypeError as error:
    assert str(error) == "HPy_New arg 1 must be a type"

buffer = shapes.Buffer()
with memoryview(buffer) as view:
    assert view.format == "i" and view.shape == (3,) and buffer.exports == 1
    view[1] = 5
    try:
        memoryview(buffer)
        raise AssertionError
    except BufferError as error:
        assert str(error) == "one view at a time"
assert buffer.exports == 0 and memoryview(buffer).tolist() == [0, 5, 0]
