//! A module with state, and nothing that makes it.
use hpy_sys::safe::*;

hpy_sys::HPyModule! {
    mod misuse {
        pub struct Counts {
            count: u64,
        }

        fn count(state: State<'_, Counts>) -> u64 {
            state.count
        }
    }
}

fn main() {}
