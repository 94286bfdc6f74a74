// python/src/lib.rs: the loader of HPy's universal ABI, an extension of the native ABI: its map.
//
//     module.rs     hpy.universal, and the modules _debug and _trace in it
//     load.rs       load(): a module from a file      library.rs    the file's library, once for each mode
//     bootstrap.rs  _load_bootstrap(): for stubs, which leave the mode to HPY
//     lock.rs       the global lock, for modules that need it
//     context.rs    the contexts, emitted from the table; what each of them is more than that: plain.rs, debug/, trace/

#![allow(non_snake_case, non_upper_case_globals)]

mod bootstrap;
mod context;
mod debug;
mod library;
mod load;
mod lock;
mod mode;
mod module;
mod names;
mod plain;
mod raise;
mod trace;
