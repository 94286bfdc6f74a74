# tests/c_extensions/test_nodes.py: what nodes.c does.
import gc

import nodes
from nodes import Node, Plain

node = Node(6)
assert nodes.last() is node
assert node() == 6 and node(7) == 42 and node(factor=2) == 12
assert node.next is None
node.next = Node("x", next=node)
assert node.next(3) == "xxx" and node.next.next is node
assert set(map(type, gc.get_referents(node))) >= {Node, int}

before = nodes.counts()
nodes.forget()
assert nodes.last() is None
del node
gc.collect()
destroyed, finalized = nodes.counts()
assert (destroyed - before[0], finalized - before[1]) == (2, 2)


class Child(Node):
    def __call__(self, *args):
        return "child", super().__call__(*args)


child = Child(5)
child.extra = child
assert child(2) == ("child", 10)
nodes.forget()
del child
gc.collect()
assert nodes.counts() == (destroyed + 1, finalized + 1)

for wrong in (lambda: Node(), lambda: Node(1, 2, 3), lambda: Node(1, other=2), lambda: Node(1)(factor=1, other=2)):
    try:
        wrong()
        raise AssertionError
    except TypeError as error:
        assert str(error).startswith("Node"), error

plain = Plain()
assert plain() == 0 and plain(1, 2) == 2
plain.change()
assert plain() == "other" and Plain()(1) == 1
