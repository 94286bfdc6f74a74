use hpy_sys::*;

static DEFINITION: HPyModuleDef = HPyModuleDef!(doc = "Größe.");
HPy_MODINIT!(größe, DEFINITION);

fn main() {}
