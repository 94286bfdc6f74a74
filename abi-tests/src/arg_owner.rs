// abi-tests/src/arg_owner.rs: who owns what the argument parsers give: a tracker keeps it when the arguments are gone.

use hpy_sys::*;

unsafe fn new_list(ctx: &HPyContext, value: c_int) -> HPy {
    HPy_BuildValue!(ctx, "[i]", value)
}

/// The lists [1] and [2], parsed by "OO" from a positional and a keyword argument that are closed before they are used.
unsafe fn use_when_closed(ctx: &HPyContext, from_dict: bool) -> HPy {
    let args = [new_list(ctx, 1), new_list(ctx, 2)];
    let (kwnames, kw) = (HPy_BuildValue!(ctx, "(s)", c"b".as_ptr()), HPyDict_New(ctx));
    assert!(HPy_SetItem_s(ctx, kw, c"b".as_ptr(), args[1]) == 0);
    let (mut tracker, mut a, mut b) = (HPyTracker::NULL, HPy_NULL, HPy_NULL);
    let (some, at) = (Some(&mut tracker), args.as_ptr());
    assert!(match from_dict {
        true => HPyArg_ParseKeywordsDict!(ctx, some, at, 1, kw, "OO", ["a", "b"], &mut a, &mut b),
        false => HPyArg_ParseKeywords!(ctx, some, at, 1, kwnames, "OO", ["a", "b"], &mut a, &mut b),
    });
    for gone in [kw, kwnames, args[0], args[1]] {
        HPy_Close(ctx, gone);
    }
    // They take the place of what was freed.
    HPy_Close(ctx, new_list(ctx, 3));
    HPy_Close(ctx, new_list(ctx, 4));
    let result = HPy_BuildValue!(ctx, "OO", a, b);
    HPyTracker_Close(ctx, tracker);
    result
}

functions! {
    ARG_OWNER(ctx) {
        closed_names() => use_when_closed(ctx, false);
        closed_dict() => use_when_closed(ctx, true);
    }
}

HPy_MODINIT!(arg_owner, ARG_OWNER);
