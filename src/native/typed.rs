// src/native/typed.rs: the numbers of a sequence as an array of C: in place in lists and tuples, from the memory of buffers, and
// else item by item.

use core::ffi::CStr;

use super::raise::{Raised, Result};
use crate::*;

/// A number of C that an item of a sequence is.
pub(super) trait Number: Copy {
    /// What an item is that has no such number.
    const NEEDED: &'static CStr;

    /// The value of an object that is read without running code of Python's.
    ///
    /// # Safety
    /// The object is alive.
    unsafe fn in_place(object: *mut cpy_PyObject) -> Option<Self>;

    /// The value of any object, or an exception.
    ///
    /// # Safety
    /// The object is alive, and the thread holds the interpreter.
    unsafe fn of(object: *mut cpy_PyObject) -> Result<Self>;

    /// The new object, or null with an exception.
    ///
    /// # Safety
    /// The thread holds the interpreter.
    unsafe fn object(self) -> *mut cpy_PyObject;

    /// The value of an item of a buffer, if it has room.
    fn from_integer(value: i128) -> Option<Self>;

    /// The value of an item of a buffer, if integers and others are alike.
    fn from_double(value: f64) -> Option<Self>;
}

impl Number for i64 {
    const NEEDED: &'static CStr = c"an integer";

    #[inline(always)]
    unsafe fn in_place(object: *mut cpy_PyObject) -> Option<i64> {
        // SAFETY: the caller's promise; it is an `int`, read as one digit where it has one.
        unsafe {
            if ffi::PyLong_CheckExact(object) == 0 {
                return None;
            }
            #[cfg(cpython_compact_ints)]
            {
                let long = object.cast::<crate::undeclared::Long>();
                // Neither a sign, nor a zero, nor a second digit: most numbers are their first one.
                if (*long).tag & !(1 << 2 | 1 << 3) == 0 {
                    return Some((*long).digit.into());
                }
                if ffi::PyUnstable_Long_IsCompact(long) != 0 {
                    return Some(ffi::PyUnstable_Long_CompactValue(long) as i64);
                }
            }
            of_int(object)
        }
    }

    unsafe fn of(object: *mut cpy_PyObject) -> Result<i64> {
        // SAFETY: the caller's promise. Up to CPython 3.9 the conversion itself takes a `float`.
        unsafe {
            let index = ffi::PyNumber_Index(object);
            if index.is_null() {
                return Err(Raised);
            }
            let value = ffi::PyLong_AsLongLong(index);
            ffi::Py_DECREF(index);
            if value == -1 && !ffi::PyErr_Occurred().is_null() { Err(Raised) } else { Ok(value) }
        }
    }

    unsafe fn object(self) -> *mut cpy_PyObject {
        // SAFETY: the caller's promise.
        unsafe { ffi::PyLong_FromLongLong(self) }
    }

    fn from_integer(value: i128) -> Option<i64> {
        value.try_into().ok()
    }

    fn from_double(_: f64) -> Option<i64> {
        None
    }
}

/// The value of an `int` itself, if it is no -1 and has one: `Number::of` tells what else there is.
///
/// # Safety
/// It is an `int`, and the thread holds the interpreter.
#[inline(always)]
unsafe fn of_int(long: *mut cpy_PyObject) -> Option<i64> {
    // SAFETY: the caller's promise. No code of Python's runs.
    unsafe {
        let value = ffi::PyLong_AsLongLong(long);
        if value == -1 {
            ffi::PyErr_Clear();
        }
        (value != -1).then_some(value)
    }
}

impl Number for f64 {
    const NEEDED: &'static CStr = c"a number";

    #[inline(always)]
    unsafe fn in_place(object: *mut cpy_PyObject) -> Option<f64> {
        // SAFETY: the caller's promise; it is a `float`.
        unsafe { (ffi::PyFloat_CheckExact(object) != 0).then(|| ffi::PyFloat_AS_DOUBLE(object)) }
    }

    unsafe fn of(object: *mut cpy_PyObject) -> Result<f64> {
        // SAFETY: the caller's promise.
        let value = unsafe { ffi::PyFloat_AsDouble(object) };
        // SAFETY: as above.
        if value == -1.0 && unsafe { !ffi::PyErr_Occurred().is_null() } { Err(Raised) } else { Ok(value) }
    }

    unsafe fn object(self) -> *mut cpy_PyObject {
        // SAFETY: the caller's promise.
        unsafe { ffi::PyFloat_FromDouble(self) }
    }

    fn from_integer(value: i128) -> Option<f64> {
        Some(value as f64)
    }

    fn from_double(value: f64) -> Option<f64> {
        Some(value)
    }
}

/// Writes the numbers of a sequence of this length, and gives the length.
///
/// # Safety
/// The object is alive, the thread holds the interpreter, and there is room for `size` values.
pub(super) unsafe fn read<T: Number>(
    sequence: *mut cpy_PyObject,
    values: *mut T,
    size: HPy_ssize_t,
) -> Result<HPy_ssize_t> {
    // SAFETY: the caller's promise.
    unsafe {
        let is_list = is_list_of_its_own(sequence);
        if is_list || ffi::PyTuple_CheckExact(sequence) != 0 {
            return read_in_place(sequence, is_list, values, size);
        }
        if ffi::PyObject_CheckBuffer(sequence) != 0 {
            if let Some(done) = read_buffer(sequence, values, size) {
                return done;
            }
        }
        let tuple = ffi::PySequence_Tuple(sequence);
        if tuple.is_null() {
            return Err(Raised);
        }
        let result = read_in_place(tuple, false, values, size);
        ffi::Py_DECREF(tuple);
        result
    }
}

/// # Safety
/// As of [`read`]; it is a list or tuple, and a list is no other thread's.
unsafe fn read_in_place<T: Number>(
    sequence: *mut cpy_PyObject,
    is_list: bool,
    values: *mut T,
    size: HPy_ssize_t,
) -> Result<HPy_ssize_t> {
    // SAFETY: the caller's promise. Converting an item may run code that changes a list: its items are found anew after it.
    unsafe {
        let mut index = 0;
        loop {
            check_length(ffi::Py_SIZE(sequence), size)?;
            let items = items(sequence, is_list);
            // By four, since counting and comparing are a third of an item's instructions. A value that is written too early is
            // written again.
            'four: while size - index >= 4 {
                for step in 0..4 {
                    let Some(value) = T::in_place(*items.offset(index + step)) else { break 'four };
                    *values.offset(index + step) = value;
                }
                index += 4;
            }
            while index < size {
                let Some(value) = T::in_place(*items.offset(index)) else { break };
                *values.offset(index) = value;
                index += 1;
            }
            if index == size {
                return Ok(size);
            }
            *values.offset(index) = convert(*items.offset(index), index)?;
            index += 1;
        }
    }
}

/// Whether it is a list whose items no other thread changes before this one runs code of Python's.
///
/// # Safety
/// The object is alive, and the thread holds the interpreter.
pub(super) unsafe fn is_list_of_its_own(object: *mut cpy_PyObject) -> bool {
    // SAFETY: the caller's promise.
    !cfg!(cpython_free_threaded) && unsafe { ffi::PyList_CheckExact(object) != 0 }
}

/// The items of a list or tuple, where they are.
///
/// # Safety
/// It is a list if `is_list`, else a tuple.
pub(super) unsafe fn items(sequence: *mut cpy_PyObject, is_list: bool) -> *const *mut cpy_PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        match is_list {
            true => (*sequence.cast::<ffi::PyListObject>()).ob_item,
            false => (&raw const (*sequence.cast::<ffi::PyTupleObject>()).ob_item).cast(),
        }
    }
}

/// The value of an item that is not read in place.
///
/// # Safety
/// The object is alive, and the thread holds the interpreter.
#[inline(never)]
unsafe fn convert<T: Number>(item: *mut cpy_PyObject, index: HPy_ssize_t) -> Result<T> {
    // SAFETY: the caller's promise. The code that runs may drop the item from its list.
    unsafe {
        ffi::Py_INCREF(item);
        let value = T::of(item);
        if value.is_err() {
            name_item::<T>(item, index);
        }
        ffi::Py_DECREF(item);
        value
    }
}

/// Has the exception of a conversion name the item. What code of the item raised stays as it is.
///
/// # Safety
/// The object is alive, the thread holds the interpreter, and an exception is set.
#[cold]
unsafe fn name_item<T: Number>(item: *mut cpy_PyObject, index: HPy_ssize_t) {
    // SAFETY: the caller's promise.
    unsafe {
        let (needed, class) = (T::NEEDED.as_ptr(), (*ffi::Py_TYPE(item)).tp_name);
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_OverflowError) != 0 {
            let text = c"item %zd does not fit 64 bits".as_ptr();
            ffi::PyErr_Format(ffi::PyExc_OverflowError, text, index);
        } else if ffi::PyErr_ExceptionMatches(ffi::PyExc_TypeError) != 0 {
            let text = c"item %zd is of the type '%.200s', and %s is needed".as_ptr();
            ffi::PyErr_Format(ffi::PyExc_TypeError, text, index, class, needed);
        }
    }
}

/// The numbers of a buffer in one row; `None` where the buffer has others, and its items are asked one by one.
///
/// # Safety
/// As of [`read`].
unsafe fn read_buffer<T: Number>(
    object: *mut cpy_PyObject,
    values: *mut T,
    size: HPy_ssize_t,
) -> Option<Result<HPy_ssize_t>> {
    // SAFETY: the caller's promise; the view is released.
    unsafe {
        let mut view: ffi::Py_buffer = core::mem::zeroed();
        if ffi::PyObject_GetBuffer(object, &mut view, HPyBUF_FORMAT | HPyBUF_C_CONTIGUOUS) != 0 {
            ffi::PyErr_Clear();
            return None;
        }
        let done = match letter(&view) {
            Some(letter) if view.ndim == 1 => read_items(&view, letter, values, size),
            _ => None,
        };
        ffi::PyBuffer_Release(&mut view);
        done
    }
}

/// The letter of a format that is native and for one value.
///
/// # Safety
/// The view is CPython's.
unsafe fn letter(view: &ffi::Py_buffer) -> Option<u8> {
    if view.format.is_null() {
        return Some(b'B');
    }
    // SAFETY: the caller's promise: a C string.
    match unsafe { CStr::from_ptr(view.format) }.to_bytes() {
        [letter] | [b'@', letter] => Some(*letter),
        _ => None,
    }
}

/// # Safety
/// The memory of the view has items of the format's letter in a row, and there is room for `size` values. The thread holds the
/// interpreter.
unsafe fn read_items<T: Number>(
    view: &ffi::Py_buffer,
    letter: u8,
    values: *mut T,
    size: HPy_ssize_t,
) -> Option<Result<HPy_ssize_t>> {
    macro_rules! items {
        ($ty:ty, $value:ident => $make:expr) => {{
            if view.itemsize != size_of::<$ty>() as HPy_ssize_t {
                return None;
            }
            // SAFETY: the caller's promise.
            if let Err(raised) = unsafe { check_length(view.len / view.itemsize, size) } {
                return Some(Err(raised));
            }
            for index in 0..size {
                // SAFETY: the caller's promise. A buffer may begin anywhere.
                let $value = unsafe { view.buf.cast::<$ty>().offset(index).read_unaligned() };
                match $make {
                    // SAFETY: the caller's promise.
                    Some(value) => unsafe { *values.offset(index) = value },
                    // SAFETY: the caller's promise.
                    None => return Some(Err(unsafe { too_large(index) })),
                }
            }
            Some(Ok(size))
        }};
    }
    match letter {
        b'b' => items!(i8, value => T::from_integer(value.into())),
        b'B' => items!(u8, value => T::from_integer(value.into())),
        b'h' => items!(c_short, value => T::from_integer(value.into())),
        b'H' => items!(c_ushort, value => T::from_integer(value.into())),
        b'i' => items!(c_int, value => T::from_integer(value.into())),
        b'I' => items!(c_uint, value => T::from_integer(value.into())),
        b'l' => items!(c_long, value => T::from_integer(value.into())),
        b'L' => items!(c_ulong, value => T::from_integer(value.into())),
        b'q' => items!(c_longlong, value => T::from_integer(value.into())),
        b'Q' => items!(c_ulonglong, value => T::from_integer(value.into())),
        // An item that is no integer has an exception of its own, which asking for it raises.
        b'f' if T::from_double(0.0).is_some() => items!(f32, value => T::from_double(value.into())),
        b'd' if T::from_double(0.0).is_some() => items!(f64, value => T::from_double(value)),
        _ => None,
    }
}

/// Raises `OverflowError` for an item of a buffer.
///
/// # Safety
/// The thread holds the interpreter.
#[cold]
unsafe fn too_large(index: HPy_ssize_t) -> Raised {
    // SAFETY: the caller's promise.
    unsafe { ffi::PyErr_Format(ffi::PyExc_OverflowError, c"item %zd does not fit 64 bits".as_ptr(), index) };
    Raised
}

/// Raises `ValueError` unless a sequence has the length that there is room for.
///
/// # Safety
/// The thread holds the interpreter.
pub(super) unsafe fn check_length(length: HPy_ssize_t, size: HPy_ssize_t) -> Result<()> {
    if length == size {
        return Ok(());
    }
    // SAFETY: the caller's promise.
    unsafe {
        let text = c"the sequence has %zd items, and there is room for %zd".as_ptr();
        ffi::PyErr_Format(ffi::PyExc_ValueError, text, length, size);
    }
    Err(Raised)
}
