use hpy_sys::*;

static DEFINITION: HPyModuleDef = HPyModuleDef!(doc = "Größe.");
HPy_MODINIT!(größe = "gre_6ka8i", DEFINITION);
HPy_MODINIT!(r#async, DEFINITION);
HPy_MODINIT!(match, DEFINITION);

fn main() {}
