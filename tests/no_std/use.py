# tests/no_std/use.py: what tests/no_std/extension.rs does.

import bare

assert bare.__doc__ == "An extension without std."
for _ in range(100):
    assert bare.squares(1000) == 332833500
    assert bare.text(1001) == "äb" * 500 + "ä"
    assert bare.pages() is True
    assert bare.item(2) == 7
