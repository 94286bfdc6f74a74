//! A module with state that `exec` makes.
use hpy_sys::safe::*;

hpy_sys::HPyModule! {
    mod misuse {
        pub struct Counts {
            count: u64,
        }

        fn count(state: State<'_, Counts>) -> u64 {
            state.count
        }

        exec(_ctx, _module) {
            Ok(Counts { count: 1 })
        }
    }
}

fn main() {}
