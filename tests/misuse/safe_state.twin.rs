//! Functions that find the state of a module.
use hpy_sys::safe::*;

hpy_sys::HPyModule! {
    mod misuse {
        use Point;

        pub struct Counts {
            count: u64,
        }

        fn own(state: State<'_, Counts>) -> u64 {
            state.count
        }

        exec(_ctx, _module) {
            Ok(Counts { count: 1 })
        }
    }
}

hpy_sys::HPyType! {
    pub struct Point as "misuse.Point" {
        x: f64,
    }

    impl Point {
        fn new() -> Self {
            Point { x: 0.0 }
        }

        #[classmethod]
        fn count(_class: &Object<'_>, state: State<'_, Counts>) -> u64 {
            state.count
        }
    }
}

fn main() {}
