use hpy_sys::*;

static MODULE: HPyModuleDef = HPyModuleDef!(doc = "By hand.");

HPy_MODINIT!(by_hand, MODULE);

fn main() {}
