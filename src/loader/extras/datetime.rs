// src/loader/extras/datetime.rs: the extras about dates and times through loaders that have none: classes and attributes of the
// module `datetime`.

use core::ffi::CStr;

use crate::loader::call::*;
use crate::*;

/// Calls a class of the module with numbers, and with a time zone behind them unless that is `HPy_NULL`.
///
/// # Safety
/// The handles are open.
unsafe fn make<const N: usize>(ctx: &HPyContext, class: &CStr, numbers: [c_int; N], zone: HPy) -> HPy {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        let mut all = [HPy_NULL; 8];
        for (place, number) in all.iter_mut().zip(numbers) {
            *place = HPyLong_FromLong(ctx, number.into());
        }
        let made = match all[..N].iter().any(|&h| HPy_IsNull(h)) {
            true => HPy_NULL,
            false => {
                all[N] = zone;
                call_of(ctx, c"datetime", class, &all[..if HPy_IsNull(zone) { N } else { N + 1 }])
            }
        };
        all[..N].iter().for_each(|&h| HPy_Close(ctx, h));
        made
    }
}

/// The object with another `fold`, if it is 1.
///
/// # Safety
/// The handle is the caller's, or `HPy_NULL`; it is closed.
unsafe fn folded(ctx: &HPyContext, h: HPy, fold: c_int) -> HPy {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        if fold == 0 || HPy_IsNull(h) {
            return h;
        }
        with(ctx, h, HPy_NULL, |h| {
            with(ctx, HPyUnicode_FromString(ctx, c"fold".as_ptr()), HPy_NULL, |name| {
                with(ctx, HPyTuple_FromArray(ctx, [name].as_ptr().cast_mut(), 1), HPy_NULL, |names| {
                    with(ctx, HPyLong_FromLong(ctx, fold.into()), HPy_NULL, |fold| {
                        with(ctx, HPy_GetAttr_s(ctx, h, c"replace".as_ptr()), HPy_NULL, |replace| {
                            HPy_Call(ctx, replace, [fold].as_ptr(), 0, names)
                        })
                    })
                })
            })
        })
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDate_FromDate(ctx: &HPyContext, year: c_int, month: c_int, day: c_int) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { make(ctx, c"date", [year, month, day], HPy_NULL) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyTime_FromTime(
    ctx: &HPyContext,
    hour: c_int,
    minute: c_int,
    second: c_int,
    microsecond: c_int,
    tzinfo: HPy,
    fold: c_int,
) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { folded(ctx, make(ctx, c"time", [hour, minute, second, microsecond], tzinfo), fold) }
}

/// # Safety
/// As for the function of this name.
#[allow(clippy::too_many_arguments)]
pub(crate) unsafe fn HPyDateTime_FromDateAndTime(
    ctx: &HPyContext,
    year: c_int,
    month: c_int,
    day: c_int,
    hour: c_int,
    minute: c_int,
    second: c_int,
    microsecond: c_int,
    tzinfo: HPy,
    fold: c_int,
) -> HPy {
    let numbers = [year, month, day, hour, minute, second, microsecond];
    // SAFETY: the caller's promise.
    unsafe { folded(ctx, make(ctx, c"datetime", numbers, tzinfo), fold) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDelta_FromDSU(ctx: &HPyContext, days: c_int, seconds: c_int, microseconds: c_int) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { make(ctx, c"timedelta", [days, seconds, microseconds], HPy_NULL) }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyTimeZone_FromOffset(ctx: &HPyContext, offset: HPy, name: HPy) -> HPy {
    let count = if HPy_IsNull(name) { 1 } else { 2 };
    // SAFETY: the caller's promise.
    unsafe { call_of(ctx, c"datetime", c"timezone", &[offset, name][..count]) }
}

/// Whether an object is of a class of the module: 1, 0, or -1.
///
/// # Safety
/// The handle is open.
unsafe fn is_a(ctx: &HPyContext, h: HPy, class: &CStr) -> c_int {
    // SAFETY: the caller's promise; the handles that are opened are closed.
    unsafe {
        with(ctx, HPyImport_ImportModule(ctx, c"datetime".as_ptr()), -1, |module| {
            with(ctx, HPy_GetAttr_s(ctx, module, class.as_ptr()), -1, |class| HPy_TypeCheck(ctx, h, class))
        })
    }
}

macro_rules! checks {
    ($($name:ident: $class:literal;)*) => {
        $(
            /// # Safety
            /// As for the function of this name.
            pub(crate) unsafe fn $name(ctx: &HPyContext, h: HPy) -> c_int {
                // SAFETY: the caller's promise.
                unsafe { is_a(ctx, h, $class) }
            }
        )*
    };
}

checks! {
    HPyDate_Check: c"date";
    HPyTime_Check: c"time";
    HPyDateTime_Check: c"datetime";
    HPyDelta_Check: c"timedelta";
    HPyTZInfo_Check: c"tzinfo";
}

/// Whether an object is of one of these classes of the module, or `TypeError` is set.
///
/// # Safety
/// The handle is open.
unsafe fn is_one(ctx: &HPyContext, h: HPy, classes: &[&CStr], needed: &CStr) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        for class in classes {
            match is_a(ctx, h, class) {
                0 => {}
                answer => return answer == 1,
            }
        }
        with_name(ctx, HPy_Type(ctx, h), |name| {
            HPyErr_Format!(ctx, ctx.h_TypeError, "%s is required, not %.100s", needed.as_ptr(), name)
        });
        false
    }
}

/// Writes attributes that are numbers.
///
/// # Safety
/// The handle is open, and there are variables.
unsafe fn fields<const N: usize>(ctx: &HPyContext, h: HPy, fields: [(&CStr, *mut c_int); N]) -> c_int {
    for (name, place) in fields {
        // SAFETY: the caller's promise; the handle that is opened is closed.
        unsafe {
            let value = with(ctx, HPy_GetAttr_s(ctx, h, name.as_ptr()), -1, |value| HPyLong_AsLong(ctx, value));
            if value == -1 && HPyErr_Occurred(ctx) != 0 {
                return -1;
            }
            *place = value as c_int;
        }
    }
    0
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDate_GetFields(
    ctx: &HPyContext,
    h: HPy,
    year: *mut c_int,
    month: *mut c_int,
    day: *mut c_int,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        if !is_one(ctx, h, &[c"date"], c"a datetime.date") {
            return -1;
        }
        fields(ctx, h, [(c"year", year), (c"month", month), (c"day", day)])
    }
}

const TIMES: &[&CStr] = &[c"datetime", c"time"];

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyTime_GetFields(
    ctx: &HPyContext,
    h: HPy,
    hour: *mut c_int,
    minute: *mut c_int,
    second: *mut c_int,
    microsecond: *mut c_int,
    fold: *mut c_int,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        if !is_one(ctx, h, TIMES, c"a datetime.time or datetime.datetime") {
            return -1;
        }
        let all =
            [(c"hour", hour), (c"minute", minute), (c"second", second), (c"microsecond", microsecond), (c"fold", fold)];
        fields(ctx, h, all)
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyDelta_GetFields(
    ctx: &HPyContext,
    h: HPy,
    days: *mut c_int,
    seconds: *mut c_int,
    microseconds: *mut c_int,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        if !is_one(ctx, h, &[c"timedelta"], c"a datetime.timedelta") {
            return -1;
        }
        fields(ctx, h, [(c"days", days), (c"seconds", seconds), (c"microseconds", microseconds)])
    }
}

/// # Safety
/// As for the function of this name.
pub(crate) unsafe fn HPyTime_GetTzinfo(ctx: &HPyContext, h: HPy) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        match is_one(ctx, h, TIMES, c"a datetime.time or datetime.datetime") {
            true => HPy_GetAttr_s(ctx, h, c"tzinfo".as_ptr()),
            false => HPy_NULL,
        }
    }
}
