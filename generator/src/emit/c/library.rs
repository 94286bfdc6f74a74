// generator/src/emit/c/library.rs: the functions of the library, declared for C.

use std::fmt::Write as _;

use super::spelling::{banner, signature};
use crate::emit::docs;
use crate::model::Function;
use crate::target::abi::Abi;

/// `hpy/native/library.h` or `hpy/loader/library.h`
///
/// ```text
/// HPyAPI_HELPER HPy HPyType_FromSpec(HPyContext *ctx, HPyType_Spec *spec, HPyType_SpecParam *params);
/// ```
pub fn header(functions: &[&Function], abi: &Abi) -> String {
    let mut out = banner(None, "c/library.rs");
    out.push_str("#include \"hpy/hpytype.h\"\n\n");
    for function in functions {
        let _ = writeln!(out, "{}HPyAPI_HELPER {};\n", docs::of_c(function, abi), signature(&function.prototype));
    }
    out
}
