// tests/machine_code.rs: a function that calls CPython through this crate compiles to the same instructions as a direct call:
// for every function of the table that is one CPython call, and for code that an expert would write by hand. Code with safe Rust
// compiles to that of HPy's functions.

#[path = "machine_code/assembly.rs"]
mod assembly;
mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use assembly::{differences, functions};
use common::{pythons, root, sources, target};
use hpy_generator::emit::rust::spelling::{identifier, parameters, result};
use hpy_generator::model::call::Argument;
use hpy_generator::model::types::Crossing;
use hpy_generator::model::{ErrorValue, Function};
use hpy_generator::table;
use hpy_generator::target::pythons::Limits;

/// Functions whose code differs, on which targets, and why. An entry that is no longer needed fails the test.
const UNEQUAL: &[(&str, Targets, &str)] = &[
    ("HPy_Dup", Targets::FreeThreaded, COUNTS),
    ("HPy_Close", Targets::FreeThreaded, COUNTS),
    ("HPy_FromPyObject", Targets::FreeThreaded, COUNTS),
    ("HPy_AsPyObject", Targets::FreeThreaded, COUNTS),
    ("HPyListBuilder_Cancel", Targets::FreeThreaded, COUNTS),
    ("HPyTupleBuilder_Cancel", Targets::FreeThreaded, COUNTS),
];

/// Functions that are not compared on a target, and why: pyo3-ffi's function is inlined code there, whose assertions the
/// optimiser moves. An entry that is a single call fails the test.
const INLINE: &[(&str, &str, &str)] = &[("HPy_Call", "3.9", VECTORCALL), ("HPy_Call", "3.10", VECTORCALL)];
const VECTORCALL: &str = "PyObject_Vectorcall is inline up to CPython 3.10";

const COUNTS: &str = "without a global lock pyo3-ffi calls a function to count references; here it is inline, as in C";

#[derive(PartialEq)]
enum Targets {
    FreeThreaded,
}

/// A pair of functions for the record: one through HPy, one without.
fn pair(function: &Function, version: &str) -> Option<String> {
    let prototype = &function.prototype;
    let call = function.call(target(version).version)?;
    let raw_type = |crossing, rust: &str| match crossing {
        Crossing::Handle => "*mut PyObject".to_owned(),
        Crossing::Handles => "*const *mut PyObject".to_owned(),
        Crossing::ThreadState => "*mut PyThreadState".to_owned(),
        Crossing::Cast(_, rust) => rust.to_owned(),
        _ => rust.to_owned(),
    };
    let raw_parameters: String = prototype
        .parameters
        .iter()
        .map(|parameter| {
            format!(", {}: {}", identifier(&parameter.name), raw_type(parameter.of.crossing, parameter.of.rust))
        })
        .collect();
    let raw_result = if prototype.result.is_void() {
        String::new()
    } else {
        format!(" -> {}", raw_type(prototype.result.crossing, prototype.result.rust))
    };
    let arguments: Vec<_> = call
        .arguments(prototype)
        .into_iter()
        .map(|argument| match argument {
            Argument::Null => "core::ptr::null_mut()".to_owned(),
            Argument::Integer(integer) => integer.to_string(),
            Argument::Parameter(name) => {
                let crossing =
                    prototype.parameters.iter().find(|parameter| parameter.name == name).unwrap().of.crossing;
                let cast = match crossing {
                    Crossing::Integer => " as _",
                    Crossing::Pointer => ".cast()",
                    _ => "",
                };
                format!("{}{cast}", identifier(&name))
            }
        })
        .collect();
    let called = format!("{}({})", call.function, arguments.join(", "));
    let called = match (function.error, prototype.result.crossing) {
        (ErrorValue::AlwaysNull, _) => format!("let _ = {called}; core::ptr::null_mut()"),
        (_, Crossing::Integer) => format!("{called} as {}", prototype.result.rust),
        _ => called,
    };
    let passed: String =
        prototype.parameters.iter().map(|parameter| format!(", {}", identifier(&parameter.name))).collect();
    let name = function.name();
    Some(format!(
        "#[unsafe(no_mangle)] pub unsafe extern \"C\" fn hpy__{name}(ctx: &HPyContext{}){} {{ unsafe {{ hpy_sys::{name}(ctx{passed}) }} }}\n\
         #[unsafe(no_mangle)] pub unsafe extern \"C\" fn raw__{name}(_ctx: &HPyContext{raw_parameters}){raw_result} {{ unsafe {{ {called} }} }}\n",
        parameters(prototype),
        result(prototype),
    ))
}

/// Compiles both sides of every pair for a target, and returns the assembly. It needs no Python.
fn assembly(version: &str) -> String {
    let table = table::read::read(&sources().table).unwrap_or_else(|problems| panic!("{problems}"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("machine-code-{version}"));
    std::fs::create_dir_all(folder.join("src")).unwrap();
    let mut source = format!("{PRELUDE}const FREE_THREADED: bool = {};\n", version.ends_with('t'));
    for function in table.all_functions() {
        source.push_str(&pair(function, version).unwrap_or_default());
    }
    source.push_str(include_str!("machine_code/by_hand.rs"));
    source.push_str(include_str!("machine_code/safe.rs"));
    std::fs::write(folder.join("src/lib.rs"), source).unwrap();
    let manifest = format!(
        "[package]\nname = \"machine-code\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         hpy-sys = {{ path = {:?} }}\npyo3-ffi = \"=0.30.1\"\n\n[profile.release]\nopt-level = 3\n\n[workspace]\n",
        root()
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    let flags = if version.ends_with('t') { "Py_GIL_DISABLED" } else { "" };
    let number = version.trim_end_matches('t');
    let config = format!(
        "implementation=CPython\nversion={number}\nshared=true\nsuppress_build_script_link_lines=true\nbuild_flags={flags}\n"
    );
    std::fs::write(folder.join("python.cfg"), config).unwrap();
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();

    let target_folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("machine-code-target");
    let output = Command::new(env!("CARGO"))
        .args(["rustc", "--release", "--lib", "--quiet", "--", "-Ccodegen-units=1"])
        .arg(format!("--emit=asm={}", folder.join("code.s").display()))
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", &target_folder)
        .env("PYO3_CONFIG_FILE", folder.join("python.cfg"))
        .env_remove("PYO3_PYTHON")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(folder.join("code.s")).unwrap()
}

const PRELUDE: &str = r#"
#![allow(warnings)]
use core::ffi::{c_char, c_int, c_long, c_ulong, c_void};
use hpy_sys::{HPy, HPyContext, HPy_buffer, HPyListBuilder, HPyThreadState, HPyTupleBuilder, HPy_RichCmpOp, HPy_hash_t, HPy_ssize_t, HPy_UCS4, cpy_PyObject, wchar_t};
use pyo3_ffi::*;

unsafe extern "C" {
    fn _PyObject_Dump(object: *mut PyObject);
    fn PyObject_Dump(object: *mut PyObject);
    fn _PyObject_LookupAttr(object: *mut PyObject, name: *mut PyObject, result: *mut *mut PyObject) -> c_int;
    fn PyLong_GetSign(object: *mut PyObject, sign: *mut c_int) -> c_int;
}

unsafe fn PyBytes_GET_SIZE(object: *mut PyObject) -> Py_ssize_t {
    unsafe { Py_SIZE(object) }
}

macro_rules! pair {
    ($name:ident($($parameter:ident: $hpy:ty = $raw:ty),*) -> $hpy_result:ty = $raw_result:ty $body:block) => {
        const _: () = {
            #[unsafe(export_name = concat!("hpy__", stringify!($name)))]
            pub unsafe extern "C" fn through_hpy(ctx: &HPyContext $(, $parameter: $hpy)*) -> $hpy_result {
                unsafe { hpy_sys::$name(ctx $(, $parameter)*) }
            }
            #[unsafe(export_name = concat!("raw__", stringify!($name)))]
            pub unsafe extern "C" fn directly(_ctx: &HPyContext $(, $parameter: $raw)*) -> $raw_result {
                unsafe { $body }
            }
        };
    };
}
"#;

fn compare(version: &str) -> BTreeMap<String, Vec<String>> {
    let functions = functions(&assembly(version));
    let free_threaded = version.ends_with('t');
    for (name, _, reason) in INLINE.iter().filter(|(_, on, _)| *on == version) {
        let raw = &functions[&format!("raw__{name}")];
        assert!(raw.len() > 10, "{version}: {name} is one call now: remove it from INLINE ({reason})");
    }
    let excused = UNEQUAL.iter().filter(|(_, on, _)| (*on == Targets::FreeThreaded) == free_threaded);
    let excused: Vec<_> = excused.map(|(name, _, reason)| (*name, *reason)).collect();
    let left_out: Vec<_> = INLINE.iter().filter(|(_, on, _)| *on == version).map(|(name, ..)| *name).collect();
    differences(&functions, &excused, &left_out).unwrap_or_else(|report| panic!("{version}: {report}"));
    functions
}

/// It needs no interpreter, so it runs for all versions.
#[test]
fn code_is_equal_on_every_cpython() {
    let Limits { minimum, maximum, .. } = pythons().limits;
    for minor in minimum.minor..=maximum.minor {
        compare(&format!("{}.{minor}", minimum.major));
    }
}

#[test]
fn references_are_counted_inline_without_a_global_lock() {
    compare(&format!("{}t", pythons().limits.minimum_free_threaded));
    let functions = compare(&format!("{}t", pythons().limits.maximum));
    let dup = functions["hpy__HPy_Dup"].join("\n");
    let close = functions["hpy__HPy_Close"].join("\n");
    assert!(!dup.contains("call") && !dup.contains("jmp SELF@PLT"), "a new reference calls something:\n{dup}");
    if cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        assert!(dup.contains("%fs:0") || dup.contains("fs:[0]"), "the thread's number is not read inline:\n{dup}");
        assert!(dup.contains("lock"), "another thread's count is not added to atomically:\n{dup}");
    }
    assert!(close.contains("_Py_DecRefShared") && close.contains("_Py_MergeZeroLocalRefcount"), "{close}");
}
