// abi-tests/src/kept_names.rs: calls with a name that is a literal, and with texts that change where they are.

use core::ffi::CStr;

use crate::support::{c_string, int, or_null};
use hpy_sys::*;

const NAME: *const c_char = c"kept".as_ptr();
const LONG_NAME: &CStr = c"a_name_of_64_bytes_to_be_written_twice_behind_itself_and_once____a_name_of_64_bytes_to_be_written_twice_behind_itself_and_once____";

unsafe fn found(ctx: &HPyContext, read: impl FnOnce(&mut HPy) -> c_int) -> HPy {
    let mut value = HPy_NULL;
    match read(&mut value) {
        0 => HPy_Dup(ctx, ctx.h_Ellipsis),
        _ => value,
    }
}

/// The attribute of a text that stands where the last one stood.
unsafe fn get_by_text(ctx: &HPyContext, h: HPy, text: HPy) -> HPy {
    static mut PLACE: [u8; 64] = [0; 64];
    let (text, place) = (CStr::from_ptr(c_string(ctx, text)).to_bytes_with_nul(), &raw mut PLACE);
    assert!(text.len() <= 64);
    place.cast::<u8>().copy_from_nonoverlapping(text.as_ptr(), text.len());
    HPy_GetAttr_s(ctx, h, place.cast())
}

/// The attribute of a text that stays, one of many.
unsafe fn get_by_number(ctx: &HPyContext, h: HPy, index: HPy) -> HPy {
    static mut PLACES: [[u8; 16]; 1000] = [[0; 16]; 1000];
    let index = int(ctx, index) as usize;
    let place = &mut *(&raw mut PLACES).cast::<[u8; 16]>().add(index);
    let text = format!("name_{index}\0");
    place[..text.len()].copy_from_slice(text.as_bytes());
    HPy_GetAttr_s(ctx, h, place.as_ptr().cast())
}

HPyDef_MULTIPLE_INTERPRETERS!(interpreters, unsafe { HPy_MOD_PER_INTERPRETER_GIL_SUPPORTED });
HPyDef_GIL!(gil, unsafe { HPy_MOD_GIL_NOT_USED });

functions! {
    KEPT_NAMES(ctx) + [interpreters, gil] {
        get(h) => HPy_GetAttr_s(ctx, h, NAME);
        has(h) => HPy_HasAttr_s(ctx, h, NAME);
        set(h, value) => HPy_SetAttr_s(ctx, h, NAME, or_null(ctx, value));
        get_item(h) => HPy_GetItem_s(ctx, h, NAME);
        set_item(h, value) => HPy_SetItem_s(ctx, h, NAME, value);
        del_item(h) => HPy_DelItem_s(ctx, h, NAME);
        call(h, value) => HPy_CallMethod_s(ctx, NAME, [h, value].as_ptr(), 2, HPy_NULL);
        optional(h) => found(ctx, |value| HPy_GetOptionalAttr_s(ctx, h, NAME, value));
        dict_get(h) => found(ctx, |value| HPyDict_GetItemRef_s(ctx, h, NAME, value));
        dict_set(h, value) => HPyDict_SetItem_s(ctx, h, NAME, value);
        get_empty(h) => HPy_GetAttr_s(ctx, h, c"".as_ptr());
        get_long(h) => HPy_GetAttr_s(ctx, h, LONG_NAME.as_ptr());
        get_no_ascii(h) => HPy_GetAttr_s(ctx, h, c"größe".as_ptr());
        get_no_text(h) => HPy_GetAttr_s(ctx, h, c"\xff".as_ptr());
        get_text(h, text) => get_by_text(ctx, h, text);
        get_number(h, index) => get_by_number(ctx, h, index);
    }
}

HPy_MODINIT!(kept_names, KEPT_NAMES);
