//! A class that refers to objects, with a method that changes it.
use hpy_sys::safe::*;

hpy_sys::HPyType! {
    pub struct Node as "misuse.Node" {
        next: Field,
    }

    impl Node {
        fn forget(&mut self) {
            self.next = Field::empty();
        }
    }
}

fn main() {}
