//! Methods that a class has not.
use hpy_sys::safe::*;

hpy_sys::HPyType! {
    pub struct Point as "misuse.Point" {
        x: f64,
    }

    impl Point {
        fn __set__(&self) -> Vec<f64> {
            vec![self.x]
        }
    }
}

hpy_sys::HPyType! {
    pub struct Other as "misuse.Other" {
        x: f64 [set],
    }

    impl Other {
        fn make() -> i64 {
            1
        }

        fn __len__(&self, by: usize) -> usize {
            by
        }
    }
}

fn main() {}
