// src/abi.rs: the contract of an ABI: the code that every ABI shares reaches the chosen one through this file alone.
//
// `native` and `loader` both define all of it. The chosen one does not compile if an item is missing or has another type.

#[cfg(not(feature = "cpython"))]
use crate::loader as chosen;
#[cfg(feature = "cpython")]
use crate::native as chosen;
use crate::{
    HPy, HPy_ssize_t, HPyContext, HPyListBuilder, HPyStrBuilder, HPyStructSequence_Desc, HPyTupleBuilder, c_int,
};

/// The part of HPy's API that is not generated, and the C types that differ.
pub mod api {
    pub use super::chosen::*;
}

/// The parts of builtin objects, read in place. `None` sends the caller to HPy's functions: for other objects, and in the
/// loader ABIs with another loader than this project's.
pub(crate) mod borrowed {
    pub(crate) use super::chosen::borrowed::{
        item, items_of_dict, length_of_dict, length_of_tuple, search_dict, text, texts_of_tuple,
    };
}

/// Types and items for a short use: borrowed, or counted where that is not safe.
pub(crate) use chosen::short_use;

/// Items that a builder takes over from the caller, which spares the two counts of `Set` and `HPy_Close`.
pub(crate) use chosen::builder::{give_to_list, give_to_tuple};

/// The context outside of a call, for a function of a module that was loaded.
#[cfg(not(any(feature = "std", cpython_bindings_link_std)))]
pub(crate) use chosen::context::context;

/// The context for a thread that Python has not called: that of the trampolines. In the loader ABIs null until a module is loaded.
pub(crate) fn outside() -> *const HPyContext {
    chosen::context::context()
}

/// Memory without an interpreter.
pub(crate) use chosen::memory;

/// Exceptions from panics.
#[cfg(feature = "std")]
pub(crate) use chosen::raise::{ends_threads, has_interpreter, set_system_error, write_unraisable};

/// Runs an implementation that Python called, within the interpreter's limit of recursion.
pub(crate) use chosen::recursion::charged;

/// Struct sequences: a new type, and an instance of it.
pub(crate) mod struct_sequence {
    pub(crate) use super::chosen::struct_sequence::{new, new_type};
}

/// Writes the `repr` of a `float` to a builder, where that takes no object: the result of the function that writes.
pub(crate) use chosen::builder::write_float;

/// The struct of an instance, a new instance with it, and the alignment that it may have.
pub(crate) use chosen::{ALIGNMENT, as_struct, new_instance};

const _: () = {
    let _: unsafe fn(&HPyContext, HPy) -> HPy = short_use::type_of;
    let _: unsafe fn(&HPyContext, HPy, HPy_ssize_t) -> HPy = short_use::item_of_list;
    let _: unsafe fn(&HPyContext, HPy, HPy_ssize_t) -> HPy = short_use::item_of_tuple;
    let _: unsafe fn(&HPyContext, HPy, &mut HPy_ssize_t, &mut HPy, &mut HPy) -> c_int = short_use::next_of_dict;
    let _: unsafe fn(&HPyContext, HPy) = short_use::end;
    let _: unsafe fn(HPy, HPy_ssize_t) -> Option<HPy> = borrowed::item;
    let _: unsafe fn(HPy) -> Option<HPy_ssize_t> = borrowed::length_of_tuple;
    let _: unsafe fn(HPy) -> Option<HPy_ssize_t> = borrowed::length_of_dict;
    let _: unsafe fn(HPy, &[u8]) -> Option<HPy> = borrowed::search_dict;
    let _: unsafe fn(HPy) -> Option<&'static [u8]> = borrowed::text;
    let _: unsafe fn(&HPyContext, HPyListBuilder, HPy_ssize_t, HPy) = give_to_list;
    let _: unsafe fn(&HPyContext, HPyTupleBuilder, HPy_ssize_t, HPy) = give_to_tuple;
    let _: unsafe fn(&HPyContext, *const HPyStructSequence_Desc) -> HPy = struct_sequence::new_type;
    let _: unsafe fn(&HPyContext, HPy, HPy_ssize_t, *const HPy) -> HPy = struct_sequence::new;
    let _: unsafe fn(&HPyContext, &mut HPyStrBuilder, HPy) -> Option<c_int> = write_float;
    let _: usize = ALIGNMENT;
};
