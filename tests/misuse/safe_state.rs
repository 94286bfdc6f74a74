//! Functions that have no way to the state of a module.
use hpy_sys::safe::*;

hpy_sys::HPyModule! {
    mod misuse {
        use Point;

        pub struct Counts {
            count: u64,
        }

        exec(_ctx, _module) {
            Ok(Counts { count: 1 })
        }
    }
}

hpy_sys::HPyModule! {
    mod stateless {
        fn other(state: State<'_, Counts>) -> u64 {
            state.count
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

        #[staticmethod]
        fn count(state: State<'_, Counts>) -> u64 {
            state.count
        }
    }
}

fn main() {}
