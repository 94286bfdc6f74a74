// abi-tests/src/arg_parse.rs: the argument parsers: each unit, each form, and the same at run time as C calls it.

use core::ptr;

use hpy_sys::*;

/// A function that parses one argument and gives it back.
macro_rules! unit {
    ($name:ident, $python:literal, $format:literal, $initial:expr, $back:expr) => {
        HPyDef_METH!($name, $python, HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
            let mut value = $initial;
            if !HPyArg_Parse!(ctx, None, args, nargs, $format, &mut value) {
                return HPy_NULL;
            }
            $back(ctx, value)
        });
    };
}

unit!(unit_b, "b", "b:b", 0, |ctx, value: c_uchar| HPyLong_FromLong(ctx, value.into()));
unit!(unit_B, "B", "B:B", 0, |ctx, value: c_uchar| HPyLong_FromLong(ctx, value.into()));
unit!(unit_h, "h", "h:h", 0, |ctx, value: c_short| HPyLong_FromLong(ctx, value.into()));
unit!(unit_H, "H", "H:H", 0, |ctx, value: c_ushort| HPyLong_FromLong(ctx, value.into()));
unit!(unit_i, "i", "i:i", 0, |ctx, value: c_int| HPyLong_FromLong(ctx, value.into()));
unit!(unit_I, "I", "I:I", 0, |ctx, value: c_uint| HPyLong_FromUnsignedLong(ctx, value.into()));
unit!(unit_l, "l", "l:l", 0, |ctx, value: c_long| HPyLong_FromLong(ctx, value));
unit!(unit_k, "k", "k:k", 0, |ctx, value: c_ulong| HPyLong_FromUnsignedLong(ctx, value));
unit!(unit_L, "L", "L:L", 0, |ctx, value: c_longlong| HPyLong_FromLongLong(ctx, value));
unit!(unit_K, "K", "K:K", 0, |ctx, value: c_ulonglong| HPyLong_FromUnsignedLongLong(ctx, value));
unit!(unit_n, "n", "n:n", 0, |ctx, value: HPy_ssize_t| HPyLong_FromSsize_t(ctx, value));
unit!(unit_f, "f", "f:f", 0.0, |ctx, value: f32| HPyFloat_FromDouble(ctx, value.into()));
unit!(unit_d, "d", "d:d", 0.0, |ctx, value: f64| HPyFloat_FromDouble(ctx, value));
unit!(unit_s, "s", "s:s", ptr::null(), |ctx, value: *const c_char| HPyUnicode_FromString(ctx, value));
unit!(unit_O, "O", "O:O", HPy_NULL, |ctx, value: HPy| HPy_Dup(ctx, value));
unit!(unit_p, "p", "p:p", 0, |ctx, value: c_int| HPyLong_FromLong(ctx, value.into()));

// Messages without a name, with a text of their own, and with a name that is too long.
unit!(unnamed, "unnamed", "h", 0, |ctx, value: c_short| HPyLong_FromLong(ctx, value.into()));
unit!(with_text, "with_text", "h;give a small number", 0, |ctx, value: c_short| HPyLong_FromLong(ctx, value.into()));
unit!(text_then_name, "text_then_name", "h;one:two", 0, |ctx, value: c_short| HPyLong_FromLong(ctx, value.into()));
unit!(name_then_text, "name_then_text", "h:one;two", 0, |ctx, value: c_short| HPyLong_FromLong(ctx, value.into()));
unit!(
    long_name,
    "long_name",
    "h:a2345678901234567890123456789012345678901234567890b2345678901234567890123456789012345678901234567890c23456789012345678\
     90123456789012345678901234567890d2345678901234567890123456789012345678901234567890eeeeeeeeee",
    0,
    |ctx, value: c_short| HPyLong_FromLong(ctx, value.into())
);

HPyDef_METH!(nothing, "nothing", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    if HPyArg_Parse!(ctx, None, args, nargs, ":nothing") { HPy_Dup(ctx, ctx.h_None) } else { HPy_NULL }
});

HPyDef_METH!(optional, "optional", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let (mut a, mut b, mut c) = (-1, -2, HPy_NULL);
    if !HPyArg_Parse!(ctx, None, args, nargs, "l|lO:optional", &mut a, &mut b, &mut c) {
        return HPy_NULL;
    }
    let c = if HPy_IsNull(c) { ctx.h_Ellipsis } else { c };
    HPy_BuildValue!(ctx, "(llO)", a, b, c)
});

HPyDef_METH!(optional_text, "optional_text", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let (mut s, mut p) = (c"unset".as_ptr(), 99);
    if !HPyArg_Parse!(ctx, None, args, nargs, "|sp:optional_text", &mut s, &mut p) {
        return HPy_NULL;
    }
    HPy_BuildValue!(ctx, "(si)", s, p)
});

HPyDef_METH!(tracked, "tracked", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let mut tracker = HPyTracker::NULL;
    let (mut o, mut n) = (HPy_NULL, 0);
    if !HPyArg_Parse!(ctx, Some(&mut tracker), args, nargs, "Ol:tracked", &mut o, &mut n) {
        assert!(tracker.is_null());
        return HPy_NULL;
    }
    HPyTracker_Add(ctx, tracker, HPy_Dup(ctx, o));
    let result = HPy_BuildValue!(ctx, "(Ol)", o, n);
    HPyTracker_Close(ctx, tracker);
    result
});

/// The value of an optional argument that the caller left out.
fn or_ellipsis(ctx: &HPyContext, h: HPy) -> HPy {
    if HPy_IsNull(h) { ctx.h_Ellipsis } else { h }
}

HPyDef_METH!(keywords, "keywords", HPyFunc_KEYWORDS, |ctx, _self, args, nargs, kwnames| unsafe {
    let (mut a, mut b, mut c) = (-1, -2, HPy_NULL);
    if !HPyArg_ParseKeywords!(
        ctx,
        None,
        args,
        nargs,
        kwnames,
        "l|l$O:keywords",
        ["a", "bee", "c"],
        &mut a,
        &mut b,
        &mut c
    ) {
        return HPy_NULL;
    }
    HPy_BuildValue!(ctx, "(llO)", a, b, or_ellipsis(ctx, c))
});

HPyDef_METH!(keywords_tracked, "keywords_tracked", HPyFunc_KEYWORDS, |ctx, _self, args, nargs, kwnames| unsafe {
    let mut tracker = HPyTracker::NULL;
    let (mut a, mut b) = (HPy_NULL, HPy_NULL);
    if !HPyArg_ParseKeywords!(
        ctx,
        Some(&mut tracker),
        args,
        nargs,
        kwnames,
        "OO:keywords_tracked",
        ["a", "b"],
        &mut a,
        &mut b
    ) {
        assert!(tracker.is_null());
        return HPy_NULL;
    }
    let result = HPy_BuildValue!(ctx, "OO", a, b);
    HPyTracker_Close(ctx, tracker);
    result
});

HPyDef_METH!(positional_only, "positional_only", HPyFunc_KEYWORDS, |ctx, _self, args, nargs, kwnames| unsafe {
    let (mut a, mut b, mut c) = (-1, -2, -3);
    if !HPyArg_ParseKeywords!(
        ctx,
        None,
        args,
        nargs,
        kwnames,
        "l|ll:positional_only",
        ["", "", "c"],
        &mut a,
        &mut b,
        &mut c
    ) {
        return HPy_NULL;
    }
    HPy_BuildValue!(ctx, "lll", a, b, c)
});

HPyDef_METH!(keyword_only, "keyword_only", HPyFunc_KEYWORDS, |ctx, _self, args, nargs, kwnames| unsafe {
    let mut a = -1;
    if !HPyArg_ParseKeywords!(ctx, None, args, nargs, kwnames, "$l", ["a"], &mut a) {
        return HPy_NULL;
    }
    HPyLong_FromLong(ctx, a)
});

HPyDef_METH!(no_keywords, "no_keywords", HPyFunc_KEYWORDS, |ctx, _self, args, nargs, kwnames| unsafe {
    if HPyArg_ParseKeywords!(ctx, None, args, nargs, kwnames, ":no_keywords", []) {
        return HPy_Dup(ctx, ctx.h_None);
    }
    HPy_NULL
});

HPyDef_METH!(not_ascii, "not_ascii", HPyFunc_KEYWORDS, |ctx, _self, args, nargs, kwnames| unsafe {
    let mut a = -1;
    if !HPyArg_ParseKeywords!(ctx, None, args, nargs, kwnames, "l:é", ["größe"], &mut a) {
        return HPy_NULL;
    }
    HPyLong_FromLong(ctx, a)
});

/// `function(kw, *args)` parses `args` and the dictionary `kw`, or none if it is `None`.
unsafe fn split(ctx: &HPyContext, args: *const HPy, nargs: usize) -> (HPy, *const HPy, usize) {
    // SAFETY: the tests pass the dictionary first.
    unsafe {
        let kw = *args;
        (if HPy_Is(ctx, kw, ctx.h_None) != 0 { HPy_NULL } else { kw }, args.add(1), nargs - 1)
    }
}

HPyDef_METH!(dict, "dict", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let (kw, args, nargs) = split(ctx, args, nargs);
    let mut tracker = HPyTracker::NULL;
    let (mut a, mut b, mut c) = (HPy_NULL, -2, c"unset".as_ptr());
    if !HPyArg_ParseKeywordsDict!(
        ctx,
        Some(&mut tracker),
        args,
        nargs,
        kw,
        "O|l$s:dict",
        ["a", "bee", "c"],
        &mut a,
        &mut b,
        &mut c
    ) {
        assert!(tracker.is_null());
        return HPy_NULL;
    }
    let result = HPy_BuildValue!(ctx, "(Ols)", a, b, c);
    HPyTracker_Close(ctx, tracker);
    result
});

HPyDef_METH!(dict_untracked, "dict_untracked", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let (kw, args, nargs) = split(ctx, args, nargs);
    let (mut a, mut b, mut c) = (-1, -2, c"unset".as_ptr());
    if !HPyArg_ParseKeywordsDict!(
        ctx,
        None,
        args,
        nargs,
        kw,
        "l|ls:dict_untracked",
        ["", "bee", "c"],
        &mut a,
        &mut b,
        &mut c
    ) {
        return HPy_NULL;
    }
    HPy_BuildValue!(ctx, "(lls)", a, b, c)
});

HPyDef_METH!(dict_lacks_tracker, "dict_lacks_tracker", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let (kw, args, nargs) = split(ctx, args, nargs);
    let mut a = HPy_NULL;
    let tracker: Option<&mut HPyTracker> = Option::None;
    if !HPyArg_ParseKeywordsDict!(ctx, tracker, args, nargs, kw, "O:dict_lacks_tracker", ["a"], &mut a) {
        return HPy_NULL;
    }
    HPy_Dup(ctx, a)
});

HPyDef_METH!(nested, "nested", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let mut tracker = HPyTracker::NULL;
    let (mut a, mut b, mut c, mut d) = (-1, -2, c"unset".as_ptr(), HPy_NULL);
    let (mut e, mut f) = (-5, -6);
    if !HPyArg_Parse!(
        ctx,
        Some(&mut tracker),
        args,
        nargs,
        "l((ls)O)|(ll):nested",
        &mut a,
        &mut b,
        &mut c,
        &mut d,
        &mut e,
        &mut f
    ) {
        assert!(tracker.is_null());
        return HPy_NULL;
    }
    let result = HPy_BuildValue!(ctx, "(llsOll)", a, b, c, d, e, f);
    HPyTracker_Close(ctx, tracker);
    result
});

HPyDef_METH!(nested_numbers, "nested_numbers", HPyFunc_KEYWORDS, |ctx, _self, args, nargs, kwnames| unsafe {
    let (mut a, mut b, mut c, mut d) = (-1, -2, None::<c_long>, -4);
    if !HPyArg_ParseKeywords!(
        ctx,
        None,
        args,
        nargs,
        kwnames,
        "((l)l)|(l)l:nested_numbers",
        ["pair", "one", "d"],
        &mut a,
        &mut b,
        &mut c,
        &mut d
    ) {
        return HPy_NULL;
    }
    HPy_BuildValue!(ctx, "(llll)", a, b, c.unwrap_or(-3), d)
});

HPyDef_METH!(nested_dict, "nested_dict", HPyFunc_VARARGS, |ctx, _self, args, nargs| unsafe {
    let (kw, args, nargs) = split(ctx, args, nargs);
    let mut tracker = HPyTracker::NULL;
    let (mut a, mut b, mut c) = (HPy_NULL, c"unset".as_ptr(), -3);
    if !HPyArg_ParseKeywordsDict!(
        ctx,
        Some(&mut tracker),
        args,
        nargs,
        kw,
        "(Os)|l:nested_dict",
        ["pair", "c"],
        &mut a,
        &mut b,
        &mut c
    ) {
        assert!(tracker.is_null());
        return HPy_NULL;
    }
    let result = HPy_BuildValue!(ctx, "(Osl)", a, b, c);
    HPyTracker_Close(ctx, tracker);
    result
});

const MOST: usize = 8;

/// The value of an output that the parser has not written.
const UNSET: u64 = 0xa5a5_a5a5_a5a5_a5a5;

/// `run(form, format, names, args, kw, with_tracker)` parses at run time: form 0 is HPyArg_Parse, 1 is
/// HPyArg_ParseKeywords with the names `kw`, whose values are the last of `args`, and 2 is HPyArg_ParseKeywordsDict.
unsafe fn run(ctx: &HPyContext, args: *const HPy) -> HPy {
    // SAFETY: the tests pass what is said above; texts live as long as the arguments.
    unsafe {
        let [form, format, names, all, kw, with_tracker] = *args.cast::<[HPy; 6]>();
        let form = HPyLong_AsLong(ctx, form);
        let format = HPyUnicode_AsUTF8AndSize(ctx, format, ptr::null_mut());
        let kw = if HPy_Is(ctx, kw, ctx.h_None) != 0 { HPy_NULL } else { kw };

        let mut list = [ptr::null(); MOST + 1];
        let names = crate::support::items(ctx, names);
        for (name, item) in list.iter_mut().zip(&names) {
            *name = HPyUnicode_AsUTF8AndSize(ctx, *item, ptr::null_mut());
        }
        let mut handles = [HPy_NULL; MOST];
        let count = HPy_Length(ctx, all) as usize;
        for (index, handle) in handles.iter_mut().enumerate().take(count) {
            *handle = HPy_GetItem_i(ctx, all, index as HPy_ssize_t);
        }
        let mut values = [UNSET; MOST];
        let outputs = values.each_mut().map(|value| ptr::from_mut(value).cast::<c_void>());

        let mut tracker = HPyTracker::NULL;
        let ht = if HPy_IsTrue(ctx, with_tracker) != 0 { &raw mut tracker } else { ptr::null_mut() };
        let (first, list, outputs) = (handles.as_ptr(), list.as_ptr(), outputs.as_ptr());
        let parsed = match form {
            0 => __helpers::arg_parse(ctx, ht, first, count, format, outputs),
            1 => {
                let nargs = count - if HPy_IsNull(kw) { 0 } else { HPy_Length(ctx, kw).max(0) as usize };
                HPyErr_Clear(ctx);
                __helpers::arg_parse_keywords(ctx, ht, first, nargs, kw, format, list, outputs)
            }
            _ => __helpers::arg_parse_keywords_dict(ctx, ht, first, count, kw, format, list, outputs),
        };
        let result = if parsed == 1 { collect(ctx, format, &values) } else { HPy_NULL };
        if !tracker.is_null() {
            HPyTracker_Close(ctx, tracker);
        }
        handles.iter().for_each(|&handle| HPy_Close(ctx, handle));
        crate::support::close_all(ctx, names);
        result
    }
}

/// The values as a tuple, with `...` for one that was not written.
unsafe fn collect(ctx: &HPyContext, format: *const c_char, values: &[u64; MOST]) -> HPy {
    // SAFETY: the format tells what the values are.
    unsafe {
        let format = core::ffi::CStr::from_ptr(format).to_bytes();
        let units =
            format.iter().take_while(|letter| !b":;".contains(letter)).filter(|letter| !b"|$()".contains(letter));
        let mut items = [HPy_NULL; MOST];
        let mut count = 0;
        for (&unit, value) in units.zip(values) {
            let at = ptr::from_ref(value);
            items[count] = match unit {
                _ if *value == UNSET => HPy_Dup(ctx, ctx.h_Ellipsis),
                b'b' | b'B' => HPyLong_FromLong(ctx, at.cast::<c_uchar>().read().into()),
                b'h' => HPyLong_FromLong(ctx, at.cast::<c_short>().read().into()),
                b'H' => HPyLong_FromLong(ctx, at.cast::<c_ushort>().read().into()),
                b'i' | b'p' => HPyLong_FromLong(ctx, at.cast::<c_int>().read().into()),
                b'I' => HPyLong_FromUnsignedLong(ctx, at.cast::<c_uint>().read().into()),
                b'l' => HPyLong_FromLong(ctx, at.cast::<c_long>().read()),
                b'k' => HPyLong_FromUnsignedLong(ctx, at.cast::<c_ulong>().read()),
                b'L' => HPyLong_FromLongLong(ctx, at.cast::<c_longlong>().read()),
                b'K' => HPyLong_FromUnsignedLongLong(ctx, at.cast::<c_ulonglong>().read()),
                b'n' => HPyLong_FromSsize_t(ctx, at.cast::<HPy_ssize_t>().read()),
                b'f' => HPyFloat_FromDouble(ctx, at.cast::<c_float>().read().into()),
                b'd' => HPyFloat_FromDouble(ctx, at.cast::<c_double>().read()),
                b's' => HPyUnicode_FromString(ctx, at.cast::<*const c_char>().read()),
                _ => HPy_Dup(ctx, at.cast::<HPy>().read()),
            };
            count += 1;
        }
        let result = HPyTuple_FromArray(ctx, items.as_ptr(), count as HPy_ssize_t);
        items.iter().for_each(|&item| HPy_Close(ctx, item));
        result
    }
}

HPyDef_METH!(run_, "run", HPyFunc_VARARGS, |ctx, _self, args, _nargs| unsafe { run(ctx, args) });

static DEFINITION: HPyModuleDef = HPyModuleDef!(
    doc = "The argument parsers.",
    defines = [
        unit_b,
        unit_B,
        unit_h,
        unit_H,
        unit_i,
        unit_I,
        unit_l,
        unit_k,
        unit_L,
        unit_K,
        unit_n,
        unit_f,
        unit_d,
        unit_s,
        unit_O,
        unit_p,
        unnamed,
        with_text,
        text_then_name,
        name_then_text,
        long_name,
        nothing,
        optional,
        optional_text,
        tracked,
        keywords,
        keywords_tracked,
        positional_only,
        keyword_only,
        no_keywords,
        not_ascii,
        dict,
        dict_untracked,
        dict_lacks_tracker,
        nested,
        nested_numbers,
        nested_dict,
        run_,
    ],
);

HPy_MODINIT!(arg_parse, DEFINITION);
