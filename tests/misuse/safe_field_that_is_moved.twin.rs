//! A class that refers to objects.
use hpy_sys::safe::*;

hpy_sys::HPyType! {
    pub struct Node as "misuse.Node" {
        next: Field,
    }

    impl Node {
        fn forget(&self, this: This<'_>) {
            self.next.clear(this);
        }
    }
}

fn main() {}
