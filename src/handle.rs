// src/handle.rs: the opaque values of HPy: handles, fields, globals, builders, trackers.

use core::cell::UnsafeCell;
use core::{fmt, ptr};

use crate::{cpy_PyObject, cpy_PyThreadState};

/// A handle to a Python object.
///
/// A handle that a call returns is *new*: it is closed exactly once, with [`HPy_Close`](crate::HPy_Close), unless it
/// is returned to Python. A handle that a function receives as an argument is its caller's, and is not closed.
///
/// Handles are not compared with `==`: two handles of one object may differ. [`HPy_Is`](crate::HPy_Is) compares objects.
///
/// Source: HPy `HPy`; in the native ABI it is a `PyObject *`.
// A struct in C too, which not every system passes as it passes a pointer.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPy {
    /// The ABI's representation; null for [`HPy_NULL`].
    pub _i: *mut cpy_PyObject,
}

/// The handle of no object: it stands for an error, or for an argument that is left out.
pub const HPy_NULL: HPy = HPy { _i: ptr::null_mut() };

/// Whether `h` is [`HPy_NULL`].
#[inline]
pub const fn HPy_IsNull(h: HPy) -> bool {
    h._i.is_null()
}

/// The handle that a pointer was made from with [`HPy_AsVoidP`]. It opens no new handle.
#[inline]
pub const fn HPy_FromVoidP(p: *mut core::ffi::c_void) -> HPy {
    HPy { _i: p.cast() }
}

/// A handle as a pointer, to be passed through code that knows no handles. The handle stays the caller's.
#[inline]
pub const fn HPy_AsVoidP(h: HPy) -> *mut core::ffi::c_void {
    h._i.cast()
}

/// A reference from the struct of an object to another object.
///
/// It is only touched with [`HPyField_Store`](crate::HPyField_Store) and [`HPyField_Load`](crate::HPyField_Load), and
/// each field of a type is visited by its `HPy_tp_traverse`. Zeroed memory is [`HPyField_NULL`].
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyField {
    /// The ABI's representation; null for [`HPyField_NULL`].
    pub _i: *mut cpy_PyObject,
}

/// A field that refers to nothing.
pub const HPyField_NULL: HPyField = HPyField { _i: ptr::null_mut() };

/// Whether `field` refers to nothing.
#[inline]
pub const fn HPyField_IsNull(field: HPyField) -> bool {
    field._i.is_null()
}

/// A reference from a `static` to an object.
///
/// Each interpreter that imports the extension has a value of its own. It is only touched with
/// [`HPyGlobal_Store`](crate::HPyGlobal_Store) and [`HPyGlobal_Load`](crate::HPyGlobal_Load).
#[repr(C)]
pub struct HPyGlobal {
    pub(crate) _i: UnsafeCell<*mut cpy_PyObject>,
}

// SAFETY: the value is only read and written by HPyGlobal_Load and HPyGlobal_Store, with atomic operations.
unsafe impl Sync for HPyGlobal {}

/// The value is not shown: it is read by [`HPyGlobal_Load`](crate::HPyGlobal_Load) alone.
impl fmt::Debug for HPyGlobal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("HPyGlobal").finish_non_exhaustive()
    }
}

impl HPyGlobal {
    /// A global that holds nothing yet: `static COUNTER: HPyGlobal = HPyGlobal::NULL;`
    #[allow(clippy::declare_interior_mutable_const)]
    pub const NULL: HPyGlobal = HPyGlobal { _i: UnsafeCell::new(ptr::null_mut()) };
}

/// A list that is being built; see [`HPyListBuilder_New`](crate::HPyListBuilder_New).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyListBuilder {
    /// The ABI's representation.
    pub _lst: *mut cpy_PyObject,
}

/// A tuple that is being built; see [`HPyTupleBuilder_New`](crate::HPyTupleBuilder_New).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyTupleBuilder {
    /// The ABI's representation.
    pub _tup: *mut cpy_PyObject,
}

/// A list of handles that are closed together; see [`HPyTracker_New`](crate::HPyTracker_New).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyTracker {
    /// The ABI's representation; null after a failure.
    pub _i: *mut core::ffi::c_void,
}

impl HPyTracker {
    /// No tracker: what [`HPyTracker_New`](crate::HPyTracker_New) returns when it fails.
    pub const NULL: HPyTracker = HPyTracker { _i: ptr::null_mut() };

    /// Whether this is no tracker.
    #[inline]
    pub const fn is_null(self) -> bool {
        self._i.is_null()
    }
}

/// The interpreter state that [`HPy_LeavePythonExecution`](crate::HPy_LeavePythonExecution) puts aside.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyThreadState {
    /// The ABI's representation.
    pub _i: *mut cpy_PyThreadState,
}
