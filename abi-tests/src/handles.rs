// abi-tests/src/handles.rs: handles that are opened and closed many times, and the constants of the context.

use crate::support::{int, string};
use hpy_sys::*;

functions! {
    HANDLES(ctx) {
        dup_many(h, count) => {
            for _ in 0..int(ctx, count) {
                HPy_Dup(ctx, h);
            }
        };
        close_many(h, count) => {
            for _ in 0..int(ctx, count) {
                HPy_Close(ctx, h);
            }
        };
        dup_and_close_many(h, count) => {
            let all: Vec<HPy> = (0..int(ctx, count)).map(|_| HPy_Dup(ctx, h)).collect();
            crate::support::close_all(ctx, all);
        };
        null() => {
            HPy_Close(ctx, HPy_NULL);
            HPy_IsNull(HPy_Dup(ctx, HPy_NULL)) && HPy_IsNull(HPy_NULL)
        };
        is_null(h) => HPy_IsNull(h);
        through_pointer(h) => HPy_Dup(ctx, HPy_FromVoidP(HPy_AsVoidP(h)));
        dump(h) => _HPy_Dump(ctx, h);
        constant(name) => HPy_Dup(ctx, constant_of(ctx, string(ctx, name)));
        constant_names() => CONSTANTS.join(" ").as_str();
        abi() => [ctx.name, c"".as_ptr()];
        abi_version() => ctx.abi_version;
    }
}

macro_rules! constants {
    ($($name:ident)*) => {
        const CONSTANTS: &[&str] = &[$(stringify!($name),)* "h_DictType"];

        fn constant_of(ctx: &HPyContext, name: &str) -> HPy {
            match name {
                $(stringify!($name) => ctx.$name,)*
                "h_DictType" => ctx.h_DictType(),
                _ => panic!("the context has no {name}"),
            }
        }
    };
}

constants! {
    h_None h_True h_False h_NotImplemented h_Ellipsis
    h_BaseException h_Exception h_StopAsyncIteration h_StopIteration h_GeneratorExit h_ArithmeticError h_LookupError
    h_AssertionError h_AttributeError h_BufferError h_EOFError h_FloatingPointError h_OSError h_ImportError
    h_ModuleNotFoundError h_IndexError h_KeyError h_KeyboardInterrupt h_MemoryError h_NameError h_OverflowError
    h_RuntimeError h_RecursionError h_NotImplementedError h_SyntaxError h_IndentationError h_TabError h_ReferenceError
    h_SystemError h_SystemExit h_TypeError h_UnboundLocalError h_UnicodeError h_UnicodeEncodeError
    h_UnicodeDecodeError h_UnicodeTranslateError h_ValueError h_ZeroDivisionError h_BlockingIOError h_BrokenPipeError
    h_ChildProcessError h_ConnectionError h_ConnectionAbortedError h_ConnectionRefusedError h_ConnectionResetError
    h_FileExistsError h_FileNotFoundError h_InterruptedError h_IsADirectoryError h_NotADirectoryError
    h_PermissionError h_ProcessLookupError h_TimeoutError
    h_Warning h_UserWarning h_DeprecationWarning h_PendingDeprecationWarning h_SyntaxWarning h_RuntimeWarning
    h_FutureWarning h_ImportWarning h_UnicodeWarning h_BytesWarning h_ResourceWarning
    h_BaseObjectType h_TypeType h_BoolType h_LongType h_FloatType h_UnicodeType h_TupleType h_ListType h_ComplexType
    h_BytesType h_MemoryViewType h_CapsuleType h_SliceType
}

HPy_MODINIT!(handles, HANDLES);
