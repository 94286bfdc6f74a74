//! Methods of a class.
use hpy_sys::safe::*;

hpy_sys::HPyType! {
    pub struct Point as "misuse.Point" {
        x: f64,
    }

    impl Point {
        fn items(&self) -> Vec<f64> {
            vec![self.x]
        }
    }
}

hpy_sys::HPyType! {
    pub struct Other as "misuse.Other" {
        x: f64 [get, set],
    }

    impl Other {
        fn make(&self) -> i64 {
            1
        }

        fn __len__(&self) -> usize {
            2
        }
    }
}

fn main() {}
