use hpy_sys::*;

static MODULE: HPyModuleDef = HPyModuleDef { doc: c"By hand.".as_ptr(), ..HPyModuleDef::EMPTY };

HPy_MODINIT!(by_hand, MODULE);

fn main() {}
