// generator/src/emit/c/native/context.rs: the context of the native ABI in C.

use std::fmt::Write as _;

use crate::emit::c::spelling::banner;
use crate::model::Api;
use crate::target::Target;

/// `hpy/native/context.h`: the context of the native ABI, in the order of the context's indices.
///
/// What belongs to one interpreter is a call at the end, under the name of a member.
pub fn context(api: &Api, target: &Target) -> String {
    let mut out = banner(Some(target), "c/native/context.rs");
    out.push_str("#include \"hpy/types.h\"\n\nstruct _HPyContext_s {\n    const char *name;\n    int abi_version;\n");
    let (calls, constants): (Vec<_>, Vec<_>) = api.handles.iter().partition(|handle| handle.is_call());
    for handle in &constants {
        let _ = writeln!(out, "    HPy {};", handle.name);
    }
    for handle in &calls {
        let _ = writeln!(out, "    HPy (*_{})(void);", handle.name);
    }
    out.push_str("};\n\n");
    for handle in &calls {
        let _ = writeln!(out, "#define {0} _{0}()", handle.name);
    }
    out.push_str(
        "\n/* The one context of the extension, which its module initialisation fills. */\n\
         #if defined(__cplusplus)\nextern \"C\"\n#else\nextern\n#endif\n_HPy_HIDDEN HPyContext _HPy_context;\n\n\
         #define _HPY_CONTEXT_MEMBER(member, index) \\\n    _HPy_STATIC_ASSERT( \\\n        \
         offsetof(HPyContext, member) == ((index) + 2) * sizeof(void *), \"the library has \" #member \" elsewhere\")\n",
    );
    let hidden = calls.iter().map(|handle| format!("_{}", handle.name));
    for (index, member) in constants.iter().map(|handle| handle.name.clone()).chain(hidden).enumerate() {
        let _ = writeln!(out, "_HPY_CONTEXT_MEMBER({member}, {index});");
    }
    out
}
