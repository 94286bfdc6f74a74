// src/native/datetime.rs: dates, times and durations, by the functions that the module `datetime` has in a capsule.

use core::ffi::CStr;

use super::interpreters;
use crate::*;

/// The capsule of the interpreter whose values are the words of globals; other interpreters import it each time.
static CAPSULE: HPyGlobal = HPyGlobal::NULL;

/// CPython's table; `None` with an exception set.
///
/// # Safety
/// The thread holds the interpreter.
#[inline]
unsafe fn api<'a>(ctx: &HPyContext) -> Option<&'a ffi::PyDateTime_CAPI> {
    // SAFETY: the caller's promise. The capsule lives as long as the interpreter.
    unsafe {
        if interpreters::first() == interpreters::current() {
            let capsule = HPyGlobal_Load(ctx, &CAPSULE)._i;
            if !capsule.is_null() {
                let table = ffi::PyCapsule_GetPointer(capsule, ffi::PyDateTime_CAPSULE_NAME.as_ptr());
                ffi::Py_DECREF(capsule);
                return table.cast::<ffi::PyDateTime_CAPI>().as_ref();
            }
        }
        import(ctx)
    }
}

/// # Safety
/// The thread holds the interpreter.
#[cold]
#[inline(never)]
unsafe fn import<'a>(ctx: &HPyContext) -> Option<&'a ffi::PyDateTime_CAPI> {
    // SAFETY: the caller's promise. The module keeps the capsule.
    unsafe {
        let module = ffi::PyImport_ImportModule(c"datetime".as_ptr());
        if module.is_null() {
            return None;
        }
        let capsule = ffi::PyObject_GetAttrString(module, c"datetime_CAPI".as_ptr());
        ffi::Py_DECREF(module);
        if capsule.is_null() {
            return None;
        }
        let table = ffi::PyCapsule_GetPointer(capsule, ffi::PyDateTime_CAPSULE_NAME.as_ptr());
        if !table.is_null() && interpreters::first() == interpreters::current() {
            HPyGlobal_Store(ctx, &CAPSULE, HPy { _i: capsule });
        }
        ffi::Py_DECREF(capsule);
        table.cast::<ffi::PyDateTime_CAPI>().as_ref()
    }
}

/// The result of a function of the table, or `HPy_NULL` without one.
///
/// # Safety
/// `make` gives a new reference, or null with an exception.
#[inline(always)]
unsafe fn made(ctx: &HPyContext, make: impl FnOnce(&ffi::PyDateTime_CAPI) -> *mut ffi::PyObject) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { api(ctx).map_or(HPy_NULL, |api| HPy { _i: make(api) }) }
}

/// A time zone as CPython's functions take it.
///
/// # Safety
/// The thread holds the interpreter.
#[inline(always)]
unsafe fn or_none(h: HPy) -> *mut ffi::PyObject {
    // SAFETY: the caller's promise.
    if HPy_IsNull(h) { unsafe { ffi::Py_None() } } else { h._i }
}

#[doc = table_doc!("HPyDate_FromDate")]
pub unsafe fn HPyDate_FromDate(ctx: &HPyContext, year: c_int, month: c_int, day: c_int) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { made(ctx, |api| (api.Date_FromDate)(year, month, day, api.DateType)) }
}

#[doc = table_doc!("HPyTime_FromTime")]
pub unsafe fn HPyTime_FromTime(
    ctx: &HPyContext,
    hour: c_int,
    minute: c_int,
    second: c_int,
    microsecond: c_int,
    tzinfo: HPy,
    fold: c_int,
) -> HPy {
    // SAFETY: the caller's promise.
    unsafe {
        made(ctx, |api| {
            (api.Time_FromTimeAndFold)(hour, minute, second, microsecond, or_none(tzinfo), fold, api.TimeType)
        })
    }
}

#[doc = table_doc!("HPyDateTime_FromDateAndTime")]
#[allow(clippy::too_many_arguments)]
pub unsafe fn HPyDateTime_FromDateAndTime(
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
    // SAFETY: the caller's promise.
    unsafe {
        made(ctx, |api| {
            let (make, ty) = (api.DateTime_FromDateAndTimeAndFold, api.DateTimeType);
            make(year, month, day, hour, minute, second, microsecond, or_none(tzinfo), fold, ty)
        })
    }
}

#[doc = table_doc!("HPyDelta_FromDSU")]
pub unsafe fn HPyDelta_FromDSU(ctx: &HPyContext, days: c_int, seconds: c_int, microseconds: c_int) -> HPy {
    // SAFETY: the caller's promise.
    unsafe { made(ctx, |api| (api.Delta_FromDelta)(days, seconds, microseconds, 1, api.DeltaType)) }
}

#[doc = table_doc!("HPyTimeZone_FromOffset")]
pub unsafe fn HPyTimeZone_FromOffset(ctx: &HPyContext, offset: HPy, name: HPy) -> HPy {
    // SAFETY: the caller's promise. CPython's function only asserts what its arguments are.
    unsafe {
        made(ctx, |api| {
            if ffi::PyObject_TypeCheck(offset._i, api.DeltaType) == 0 {
                return wrong(offset, c"a datetime.timedelta");
            }
            if !HPy_IsNull(name) && ffi::PyUnicode_Check(name._i) == 0 {
                return wrong(name, c"a str");
            }
            (api.TimeZone_FromTimeZone)(offset._i, name._i)
        })
    }
}

/// Raises `TypeError`; it returns null.
///
/// # Safety
/// The handle is open, and the thread holds the interpreter.
#[cold]
unsafe fn wrong(h: HPy, needed: &CStr) -> *mut ffi::PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        let class = (*ffi::Py_TYPE(h._i)).tp_name;
        ffi::PyErr_Format(ffi::PyExc_TypeError, c"%s is required, not %.100s".as_ptr(), needed.as_ptr(), class)
    }
}

macro_rules! checks {
    ($($name:ident: $ty:ident;)*) => {
        $(
            #[doc = table_doc!(stringify!($name))]
            pub unsafe fn $name(ctx: &HPyContext, h: HPy) -> c_int {
                // SAFETY: the caller's promise.
                unsafe { api(ctx).map_or(-1, |api| ffi::PyObject_TypeCheck(h._i, api.$ty)) }
            }
        )*
    };
}

checks! {
    HPyDate_Check: DateType;
    HPyTime_Check: TimeType;
    HPyDateTime_Check: DateTimeType;
    HPyDelta_Check: DeltaType;
    HPyTZInfo_Check: TZInfoType;
}

#[doc = table_doc!("HPyDate_GetFields")]
pub unsafe fn HPyDate_GetFields(
    ctx: &HPyContext,
    h: HPy,
    year: *mut c_int,
    month: *mut c_int,
    day: *mut c_int,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(api) = api(ctx) else { return -1 };
        if ffi::PyObject_TypeCheck(h._i, api.DateType) == 0 {
            wrong(h, c"a datetime.date");
            return -1;
        }
        *year = ffi::PyDateTime_GET_YEAR(h._i);
        *month = ffi::PyDateTime_GET_MONTH(h._i);
        *day = ffi::PyDateTime_GET_DAY(h._i);
        0
    }
}

/// Whether it is a `datetime`, or a `time`; `None` with an exception set.
///
/// # Safety
/// The handle is open, and the thread holds the interpreter.
unsafe fn has_date(ctx: &HPyContext, h: HPy) -> Option<bool> {
    // SAFETY: the caller's promise.
    unsafe {
        let api = api(ctx)?;
        if ffi::PyObject_TypeCheck(h._i, api.DateTimeType) != 0 {
            return Some(true);
        }
        if ffi::PyObject_TypeCheck(h._i, api.TimeType) == 0 {
            wrong(h, c"a datetime.time or datetime.datetime");
            return None;
        }
        Some(false)
    }
}

#[doc = table_doc!("HPyTime_GetFields")]
pub unsafe fn HPyTime_GetFields(
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
        match has_date(ctx, h) {
            Some(true) => {
                *hour = ffi::PyDateTime_DATE_GET_HOUR(h._i);
                *minute = ffi::PyDateTime_DATE_GET_MINUTE(h._i);
                *second = ffi::PyDateTime_DATE_GET_SECOND(h._i);
                *microsecond = ffi::PyDateTime_DATE_GET_MICROSECOND(h._i);
                *fold = ffi::PyDateTime_DATE_GET_FOLD(h._i).into();
            }
            Some(false) => {
                *hour = ffi::PyDateTime_TIME_GET_HOUR(h._i);
                *minute = ffi::PyDateTime_TIME_GET_MINUTE(h._i);
                *second = ffi::PyDateTime_TIME_GET_SECOND(h._i);
                *microsecond = ffi::PyDateTime_TIME_GET_MICROSECOND(h._i);
                *fold = ffi::PyDateTime_TIME_GET_FOLD(h._i).into();
            }
            None => return -1,
        }
        0
    }
}

#[doc = table_doc!("HPyDelta_GetFields")]
pub unsafe fn HPyDelta_GetFields(
    ctx: &HPyContext,
    h: HPy,
    days: *mut c_int,
    seconds: *mut c_int,
    microseconds: *mut c_int,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let Some(api) = api(ctx) else { return -1 };
        if ffi::PyObject_TypeCheck(h._i, api.DeltaType) == 0 {
            wrong(h, c"a datetime.timedelta");
            return -1;
        }
        *days = ffi::PyDateTime_DELTA_GET_DAYS(h._i);
        *seconds = ffi::PyDateTime_DELTA_GET_SECONDS(h._i);
        *microseconds = ffi::PyDateTime_DELTA_GET_MICROSECONDS(h._i);
        0
    }
}

#[doc = table_doc!("HPyTime_GetTzinfo")]
pub unsafe fn HPyTime_GetTzinfo(ctx: &HPyContext, h: HPy) -> HPy {
    // SAFETY: the caller's promise; what the object has is borrowed.
    unsafe {
        let zone = match has_date(ctx, h) {
            Some(true) => ffi::PyDateTime_DATE_GET_TZINFO(h._i),
            Some(false) => ffi::PyDateTime_TIME_GET_TZINFO(h._i),
            None => return HPy_NULL,
        };
        ffi::Py_INCREF(zone);
        HPy { _i: zone }
    }
}
