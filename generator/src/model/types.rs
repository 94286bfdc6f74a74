// generator/src/model/types.rs: every C type that the API uses: its Rust spelling, and how a value crosses to CPython and back.

/// A C type of the API.
#[derive(Debug, PartialEq, Eq)]
pub struct Type {
    /// The spelling in the table.
    pub c: &'static str,
    /// The spelling in Rust.
    pub rust: &'static str,
    /// How a value crosses.
    pub crossing: Crossing,
}

/// How a value of a type crosses the border between HPy and CPython.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crossing {
    /// The same on both sides.
    Same,
    /// An integer that CPython's function may take or give in another width.
    Integer,
    /// A handle: `PyObject *`.
    Handle,
    /// An array of handles: `PyObject *const *`.
    Handles,
    /// An object that is being built, in the field of this name.
    Builder(&'static str),
    /// A pointer whose C type has more than one Rust spelling.
    Pointer,
    /// A pointer to what CPython has under another type of the same layout: its type in C, and in Rust.
    Cast(&'static str, &'static str),
    /// A suspended thread: `PyThreadState *`.
    ThreadState,
    /// No value.
    Void,
    /// No CPython function takes it: a body, or code that is written by hand, does something with it.
    Opaque,
    /// As `Opaque`, and a value in C that Rust takes by its address.
    Addressed,
}

use Crossing::{Addressed, Builder, Cast, Handle, Handles, Integer, Opaque, Pointer, Same, ThreadState, Void};

/// All types, one row each.
const TYPES: &[Type] = &[
    row("void", "()", Void),
    row("HPy", "HPy", Handle),
    row("const HPy *", "*const HPy", Handles),
    row("HPy *", "*mut HPy", Cast("PyObject **", "*mut *mut PyObject")),
    row("HPyField", "*const HPyField", Addressed),
    row("HPyField *", "*mut HPyField", Opaque),
    row("HPyGlobal", "&HPyGlobal", Addressed),
    row("HPyGlobal *", "&HPyGlobal", Opaque),
    row("HPyListBuilder", "HPyListBuilder", Builder("_lst")),
    row("HPyTupleBuilder", "HPyTupleBuilder", Builder("_tup")),
    row("HPyBytesBuilder *", "*mut HPyBytesBuilder", Opaque),
    row("HPyStrBuilder *", "*mut HPyStrBuilder", Opaque),
    row("HPyTracker", "HPyTracker", Opaque),
    row("HPyThreadState", "HPyThreadState", ThreadState),
    row("HPyContext *", "&HPyContext", Opaque),
    row("HPyModuleDef *", "*const HPyModuleDef", Opaque),
    row("HPyMutex *", "*const HPyMutex", Opaque),
    row("HPyCriticalSection *", "*mut HPyCriticalSection", Cast("PyCriticalSection *", "*mut PyCriticalSection")),
    row("HPyCriticalSection2 *", "*mut HPyCriticalSection2", Cast("PyCriticalSection2 *", "*mut PyCriticalSection2")),
    row("HPyInterpreterView *", "*mut HPyInterpreterView", Opaque),
    row("HPyType_Spec *", "*const HPyType_Spec", Opaque),
    row("HPyType_SpecParam *", "*const HPyType_SpecParam", Opaque),
    row("HPyCallFunction *", "*const HPyCallFunction", Opaque),
    row("HPyCapsule_Destructor *", "*const HPyCapsule_Destructor", Opaque),
    row("HPy_buffer *", "*mut HPy_buffer", Cast("Py_buffer *", "*mut Py_buffer")),
    row("HPy_buffer", "HPy_buffer", Opaque),
    row("HPyArg_Converter", "HPyArg_Converter", Opaque),
    row("HPyFunc_visitproc", "HPyFunc_visitproc", Opaque),
    row("HPyCFunction", "HPyCFunction", Opaque),
    row("cpy_vectorcallfunc", "cpy_vectorcallfunc", Opaque),
    row("cpy_PyObject *const *", "*const *mut cpy_PyObject", Opaque),
    row("HPyFunc_Signature", "HPyFunc_Signature", Opaque),
    row("HPyType_BuiltinShape", "HPyType_BuiltinShape", Opaque),
    row("HPy_SourceKind", "HPy_SourceKind", Opaque),
    row("HPy_RichCmpOp", "HPy_RichCmpOp", Integer),
    row("_HPyCapsule_key", "_HPyCapsule_key", Opaque),
    row("cpy_PyObject *", "*mut cpy_PyObject", Same),
    row("bool", "bool", Integer),
    row("char", "c_char", Integer),
    row("unsigned char", "c_uchar", Integer),
    row("short", "c_short", Integer),
    row("unsigned short", "c_ushort", Integer),
    row("int", "c_int", Integer),
    row("long", "c_long", Integer),
    row("unsigned long", "c_ulong", Integer),
    row("unsigned int", "c_uint", Integer),
    row("long long", "c_longlong", Integer),
    row("unsigned long long", "c_ulonglong", Integer),
    row("int32_t", "i32", Integer),
    row("uint32_t", "u32", Integer),
    row("int64_t", "i64", Integer),
    row("uint64_t", "u64", Integer),
    row("size_t", "usize", Integer),
    row("HPy_ssize_t", "HPy_ssize_t", Integer),
    row("HPy_hash_t", "HPy_hash_t", Integer),
    row("HPy_UCS4", "HPy_UCS4", Integer),
    row("double", "f64", Same),
    row("float", "f32", Same),
    row("char *", "*mut c_char", Same),
    row("const char *", "*const c_char", Same),
    row("const char **", "*mut *const c_char", Cast("char **", "*mut *mut c_char")),
    row("const wchar_t *", "*const wchar_t", Pointer),
    row("void *", "*mut c_void", Same),
    row("const void *", "*const c_void", Same),
    row("void **", "*mut *mut c_void", Opaque),
    row("PyObject * const *", "*const *mut cpy_PyObject", Opaque),
    row("HPy_ssize_t *", "*mut HPy_ssize_t", Same),
    row("int *", "*mut c_int", Same),
    row("int64_t *", "*mut i64", Same),
    row("const int64_t *", "*const i64", Same),
    row("double *", "*mut f64", Same),
    row("const double *", "*const f64", Same),
    row("unsigned char *", "*mut c_uchar", Same),
    row("const unsigned char *", "*const c_uchar", Same),
];

const fn row(c: &'static str, rust: &'static str, crossing: Crossing) -> Type {
    Type { c, rust, crossing }
}

impl Type {
    /// The type that is written `c` in the table.
    pub fn find(c: &str) -> Option<&'static Type> {
        TYPES.iter().find(|known| known.c == c)
    }

    pub fn is_void(&self) -> bool {
        self.crossing == Void
    }
}
