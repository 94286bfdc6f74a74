//! Parameters.
use hpy_sys::safe::*;

pub struct Mystery;

impl<'c> IntoObject<'c> for Mystery {
    fn into_object(self, ctx: &'c HPyContext) -> Result<Object<'c>> {
        "?".into_object(ctx)
    }
}

impl FromObject<'_, '_> for Mystery {
    fn from_object(_: &Object<'_>) -> Result<Self> {
        Ok(Mystery)
    }
}

hpy_sys::HPyModule! {
    mod misuse {
        fn late(first: i64, second: i64 = 1) -> i64 {
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
