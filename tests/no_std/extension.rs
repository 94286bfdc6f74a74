// tests/no_std/extension.rs: an extension without Rust's standard library, with memory from the crate `alloc`.

#![no_std]

extern crate alloc;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use hpy_sys::*;

HPy_NO_STD!();

HPyDef_METH!(squares, "squares", HPyFunc_O, |ctx, _self, arg| unsafe {
    let count = HPyLong_AsInt64_t(ctx, arg);
    // It grows, and so is reallocated.
    let mut sum = Vec::new();
    for number in 0..count {
        sum.push(number * number);
    }
    HPyLong_FromInt64_t(ctx, sum.iter().sum())
});

HPyDef_METH!(text, "text", HPyFunc_O, |ctx, _self, arg| unsafe {
    let count = HPyLong_AsInt64_t(ctx, arg);
    let mut letters = String::new();
    for number in 0..count {
        letters.push_str(if number % 2 == 0 { "ä" } else { "b" });
    }
    letters.push('\0');
    HPyUnicode_FromString(ctx, letters.as_ptr().cast())
});

#[derive(Clone, Copy, PartialEq)]
#[repr(align(4096))]
struct Page([u8; 4096]);

HPyDef_METH!(pages, "pages", HPyFunc_NOARGS, |ctx, _self| unsafe {
    let mut all: Vec<Page> = Vec::new();
    let mut aligned = true;
    for number in 0..40 {
        all.push(Page([number; 4096]));
        aligned &= all.as_ptr().addr() % 4096 == 0;
    }
    let kept = all.iter().zip(0..).all(|(page, number)| *page == Page([number; 4096]));
    let zeros: Box<[u64]> = alloc::vec![0; 5000].into_boxed_slice();
    let zeroed = zeros.iter().all(|number| *number == 0);
    HPyBool_FromBool(ctx, aligned && kept && zeroed)
});

HPyDef_METH!(item, "item", HPyFunc_O, |ctx, _self, arg| unsafe {
    let index = HPyLong_AsSize_t(ctx, arg);
    HPyLong_FromInt64_t(ctx, [5, 6, 7][index])
});

HPyDef_METH!(fail, "fail", HPyFunc_O, |ctx, _self, arg| unsafe {
    let count = HPyLong_AsSize_t(ctx, arg);
    panic!("a message{}", "!".repeat(count))
});

static BARE: HPyModuleDef =
    HPyModuleDef!(doc = "An extension without std.", defines = [squares, text, pages, item, fail]);

HPy_MODINIT!(bare, BARE);
