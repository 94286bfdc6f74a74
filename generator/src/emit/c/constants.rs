// generator/src/emit/c/constants.rs: the constants of the table in C: enumerations and macros, the same in every ABI.

use std::fmt::Write as _;

use super::spelling::banner;
use crate::model::Api;

/// `hpy/constants.h`: enumerations and macros, the same for every target.
pub fn constants(api: &Api) -> String {
    let mut out = banner(None, "c/constants.rs");
    for of in &api.enums {
        let members: Vec<_> =
            of.values.iter().map(|member| format!("    {} = {}", member.name, member.value)).collect();
        let _ = write!(out, "typedef enum {{\n{}\n}} {};\n\n", members.join(",\n"), of.name);
    }
    let slots: Vec<_> = api.slots.iter().map(|slot| format!("    {} = {}", slot.name, slot.number)).collect();
    let _ = write!(out, "typedef enum {{\n{}\n}} HPySlot_Slot;\n\n", slots.join(",\n"));
    let signatures: Vec<_> =
        api.signatures.iter().map(|signature| format!("    {} = {}", signature.name, signature.number)).collect();
    let _ = write!(out, "typedef enum {{\n{}\n}} HPyFunc_Signature;\n\n", signatures.join(",\n"));
    for constant in &api.constants {
        let suffix = if constant.c_type.starts_with("unsigned") { "UL" } else { "" };
        let defined = format!("{} {}{suffix}", constant.name, constant.value);
        let _ = match constant.cpython_only {
            true => writeln!(
                out,
                "#ifdef HPY_ABI_CPYTHON\n#  define {defined}\n#else\n#  define {} 0{suffix}\n#endif",
                constant.name
            ),
            false => writeln!(out, "#define {defined}"),
        };
    }
    out
}
