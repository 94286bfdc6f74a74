//! Parameters that do not go.
use hpy_sys::safe::*;

pub struct Mystery;

hpy_sys::HPyModule! {
    mod misuse {
        fn late(first: i64 = 1, second: i64) -> i64 {
            first + second
        }

        fn unknown(mystery: Mystery) {
            let _ = mystery;
        }

        fn nothing_for_python() -> Mystery {
            Mystery
        }
    }
}

fn main() {}
