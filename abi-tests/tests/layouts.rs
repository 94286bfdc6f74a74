// abi-tests/tests/layouts.rs: an independent reading of each Python.h: bindgen's structs and constants against those that
// the crate uses. The comparison is a program of assertions, and compiling it is the check.

mod common;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use common::{Reason, conclude, skipped};
use hpy_pythons::Found;
use libtest_mimic::{Arguments, Failed, Trial};

/// Structs, with the fields whose offsets count.
const STRUCTS: &[(&str, &[&str])] = &[
    ("PyObject", &["ob_type"]),
    ("PyVarObject", &["ob_size"]),
    (
        "PyTypeObject",
        &[
            "tp_name",
            "tp_basicsize",
            "tp_dealloc",
            "tp_vectorcall_offset",
            "tp_call",
            "tp_flags",
            "tp_traverse",
            "tp_clear",
            "tp_weaklistoffset",
            "tp_members",
            "tp_base",
            "tp_dict",
            "tp_dictoffset",
            "tp_init",
            "tp_alloc",
            "tp_new",
            "tp_free",
            "tp_finalize",
            "tp_vectorcall",
        ],
    ),
    ("PyHeapTypeObject", &["ht_name"]),
    ("PyTupleObject", &["ob_item"]),
    ("PyListObject", &["ob_item"]),
    ("PyDictObject", &[]),
    ("PyFloatObject", &["ob_fval"]),
    ("PyUnicodeObject", &[]),
    ("PyBytesObject", &["ob_sval"]),
    (
        "Py_buffer",
        &["buf", "obj", "len", "itemsize", "readonly", "ndim", "format", "shape", "strides", "suboffsets", "internal"],
    ),
    ("PyMethodDef", &["ml_name", "ml_meth", "ml_flags", "ml_doc"]),
    ("PyGetSetDef", &["name", "get", "set", "doc", "closure"]),
    ("PyModuleDef", &["m_name", "m_doc", "m_size", "m_methods", "m_slots", "m_traverse", "m_clear", "m_free"]),
    ("PyModuleDef_Slot", &["slot", "value"]),
    ("PyType_Slot", &["slot", "pfunc"]),
    ("PyType_Spec", &["name", "basicsize", "itemsize", "flags", "slots"]),
];

/// CPython's structs behind the builtin shapes.
const SHAPES: &[(&str, &str)] = &[
    ("HPyType_BuiltinShape_Object", "PyObject"),
    ("HPyType_BuiltinShape_Type", "PyHeapTypeObject"),
    ("HPyType_BuiltinShape_Long", "_longobject"),
    ("HPyType_BuiltinShape_Float", "PyFloatObject"),
    ("HPyType_BuiltinShape_Unicode", "PyUnicodeObject"),
    ("HPyType_BuiltinShape_Tuple", "PyTupleObject"),
    ("HPyType_BuiltinShape_List", "PyListObject"),
    ("HPyType_BuiltinShape_Dict", "PyDictObject"),
];

/// Member types: HPy's name, and what follows `Py_T_` or, before CPython 3.12, `T_`.
const MEMBERS: &[(&str, &str)] = &[
    ("HPyMember_SHORT", "SHORT"),
    ("HPyMember_INT", "INT"),
    ("HPyMember_LONG", "LONG"),
    ("HPyMember_FLOAT", "FLOAT"),
    ("HPyMember_DOUBLE", "DOUBLE"),
    ("HPyMember_STRING", "STRING"),
    ("HPyMember_CHAR", "CHAR"),
    ("HPyMember_BYTE", "BYTE"),
    ("HPyMember_UBYTE", "UBYTE"),
    ("HPyMember_USHORT", "USHORT"),
    ("HPyMember_UINT", "UINT"),
    ("HPyMember_ULONG", "ULONG"),
    ("HPyMember_STRING_INPLACE", "STRING_INPLACE"),
    ("HPyMember_BOOL", "BOOL"),
    ("HPyMember_OBJECT_EX", "OBJECT_EX"),
    ("HPyMember_LONGLONG", "LONGLONG"),
    ("HPyMember_ULONGLONG", "ULONGLONG"),
    ("HPyMember_HPYSSIZET", "PYSSIZET"),
];

/// Constants that pyo3-ffi and the headers define under one name.
const CONSTANTS: &[&str] =
    &["METH_NOARGS", "METH_O", "METH_FASTCALL", "METH_KEYWORDS", "Py_eval_input", "Py_file_input", "Py_single_input"];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    if !has_libclang() {
        trials.push(skipped("layouts", Reason::Missing("libclang-dev")));
        return libtest_mimic::run(&arguments, trials).exit_code();
    }
    let expected = hpy_pythons::known().pythons;
    let mut seen = Vec::new();
    for python in hpy_pythons::find_all() {
        let supported =
            python.implementation == "CPython" && expected.iter().any(|expected| expected.version == python.version);
        let Some(include) = python.include.clone().filter(|_| supported) else { continue };
        let version = python.version;
        if seen.contains(&(version, python.debug)) {
            continue;
        }
        seen.push((version, python.debug));
        trials.push(trial(&python, &include, python.free_threaded));
        if expected.iter().any(|expected| expected.version == version && expected.free_threaded) && !python.debug {
            // The headers of one version describe its builds without a global lock too.
            trials.push(trial(&python, &include, true));
        }
    }
    if trials.is_empty() {
        trials.push(skipped("layouts", Reason::Missing("python3-dev")));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Whether bindgen will find libclang: it ends the process otherwise.
fn has_libclang() -> bool {
    std::panic::catch_unwind(bindgen::clang_version).is_ok()
}

fn trial(python: &Found, include: &Path, free_threaded: bool) -> Trial {
    let name = format!(
        "layouts-{}{}{}",
        python.version,
        if free_threaded { "t" } else { "" },
        if python.debug { "d" } else { "" }
    );
    let (include, debug, version) = (include.to_owned(), python.debug, python.version.to_string());
    Trial::test(name.clone(), move || check(&name, &version, &include, free_threaded, debug))
}

/// Writes the program of assertions for one target, and compiles it.
fn check(name: &str, version: &str, include: &Path, free_threaded: bool, debug: bool) -> Result<(), Failed> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(folder.join("src"))?;
    let headers = read_headers(include, free_threaded)?;
    let state = compact_ascii(&folder, include, free_threaded)?;
    std::fs::write(folder.join("src/lib.rs"), assertions(&headers, state, version, free_threaded))?;
    std::fs::write(folder.join("src/headers.rs"), headers)?;
    std::fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nhpy-sys = {{ path = {:?} }}\npyo3-ffi = \"=0.30.1\"\n\n[workspace]\n",
            concat!(env!("CARGO_MANIFEST_DIR"), "/..")
        )
        .replace("layouts-3.", "layouts-3-"),
    )?;
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock"), folder.join("Cargo.lock"))?;
    let flags: Vec<_> = [(free_threaded, "Py_GIL_DISABLED"), (debug, "Py_DEBUG,Py_REF_DEBUG")]
        .into_iter()
        .filter_map(|(on, flag)| on.then_some(flag))
        .collect();
    let config = format!(
        "implementation=CPython\nversion={version}\nshared=true\nsuppress_build_script_link_lines=true\nbuild_flags={}\n",
        flags.join(",")
    );
    std::fs::write(folder.join("python.cfg"), config)?;
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--quiet", "--color=never"]).current_dir(&folder);
    cargo
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("layouts"))
        .env("PYO3_CONFIG_FILE", folder.join("python.cfg"))
        .env_remove("PYO3_PYTHON");
    conclude(cargo)?;
    Ok(())
}

/// Python.h as bindgen reads it.
fn read_headers(include: &Path, free_threaded: bool) -> Result<String, Failed> {
    let compiler = Command::new("cc").arg("-print-file-name=include").output()?;
    let own_headers = String::from_utf8_lossy(&compiler.stdout).trim().to_owned();
    let mut builder = bindgen::Builder::default()
        .header_contents("python.h", "#include <Python.h>\n#include <structmember.h>\n")
        .clang_arg(format!("-I{}", include.display()))
        .clang_arg(format!("-isystem{own_headers}"))
        .use_core()
        .layout_tests(false)
        .generate_comments(false)
        .derive_debug(false)
        .ignore_functions();
    if free_threaded {
        builder = builder.clang_arg("-DPy_GIL_DISABLED");
    }
    for (name, _) in STRUCTS {
        builder = builder.allowlist_type(name);
    }
    let builder =
        builder.allowlist_type("_longobject").allowlist_type("_Py_tss_t").allowlist_type("_ts").allowlist_var(
            "METH_.*|(Py_)?T_.*|Py_.*_input|Py_tp_.*|Py_nb_.*|Py_sq_.*|Py_mp_.*|Py_bf_.*|Py_mod_.*|Py_TPFLAGS_.*",
        );
    let bindings = builder.generate().map_err(|error| format!("bindgen cannot read {}: {error}", include.display()))?;
    Ok(bindings.to_string())
}

/// The byte of a str's state that says that its text is compact and ASCII, and the bits in it: C has them as bit fields.
fn compact_ascii(folder: &Path, include: &Path, free_threaded: bool) -> Result<(usize, u8), Failed> {
    const SOURCE: &str = "#include <Python.h>\nint main(void) {\n    PyASCIIObject text;\n    size_t at;\n    \
        memset(&text, 0, sizeof text);\n    text.state.compact = 1;\n    text.state.ascii = 1;\n    \
        for (at = 0; at < sizeof text.state; at++) {\n        unsigned char byte = ((unsigned char *)&text.state)[at];\n        \
        if (byte != 0) printf(\"%d %d\\n\", (int)at, byte);\n    }\n    return 0;\n}\n";
    let (source, program) = (folder.join("state.c"), folder.join("state"));
    std::fs::write(&source, SOURCE)?;
    let mut compiler = Command::new("cc");
    // Inline functions of Python.h that are not called need not be linked.
    compiler.args(["-O1", "-ffunction-sections", "-Wl,--gc-sections", "-I"]).arg(include);
    if free_threaded {
        compiler.args(["-UPy_GIL_DISABLED", "-DPy_GIL_DISABLED=1"]);
    }
    conclude({
        compiler.arg(&source).arg("-o").arg(&program);
        compiler
    })?;
    let output = Command::new(&program).output()?;
    let text = String::from_utf8(output.stdout)?;
    let numbers: Vec<usize> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    match numbers[..] {
        [byte, bits] => Ok((byte, u8::try_from(bits)?)),
        _ => Err(format!("the bits are in more than one byte: {text}").into()),
    }
}

/// The assertions, for the headers of a version.
fn assertions(headers: &str, state: (usize, u8), version: &str, free_threaded: bool) -> String {
    let mut text = String::from(
        "#![allow(warnings)]\nmod headers;\nuse core::mem::{offset_of, size_of};\nuse hpy_sys as hpy;\nuse pyo3_ffi as ffi;\n\nconst _: () = {\n",
    );
    for (name, fields) in STRUCTS {
        let _ = writeln!(
            text,
            "    assert!(size_of::<headers::{name}>() == size_of::<ffi::{name}>(), \"the size of {name}\");"
        );
        for field in *fields {
            // Where the headers put the field into an unnamed union, there is nothing to compare by name.
            if *name == "PyObject" && !headers.contains("pub ob_type:") {
                continue;
            }
            let _ = writeln!(
                text,
                "    assert!(offset_of!(headers::{name}, {field}) == offset_of!(ffi::{name}, {field}), \"{name}::{field}\");"
            );
        }
    }
    for (shape, of) in SHAPES {
        let _ = writeln!(
            text,
            "    assert!(hpy::payload_offset(hpy::{shape}) == size_of::<headers::{of}>().next_multiple_of(16), \"the struct of {shape}\");"
        );
    }
    for (hpy, cpython) in MEMBERS {
        let prefix = if headers.contains("pub const Py_T_SHORT:") { "Py_T" } else { "T" };
        let _ = writeln!(text, "    assert!(hpy::{hpy} as i64 == headers::{prefix}_{cpython} as i64, \"{hpy}\");");
    }
    for name in CONSTANTS {
        let _ = writeln!(text, "    assert!(ffi::{name} as i64 == headers::{name} as i64, \"{name}\");");
    }
    for name in slots(headers) {
        let _ = writeln!(text, "    assert!(ffi::{name} as i64 == headers::{name} as i64, \"{name}\");");
    }
    let _ = writeln!(
        text,
        "    assert!(hpy::undeclared::COMPACT_ASCII.0 == {} && hpy::undeclared::COMPACT_ASCII.1 == {}, \"the state of a str\");",
        state.0, state.1
    );
    text.push_str(
        "    assert!(size_of::<headers::_Py_tss_t>() == size_of::<hpy::undeclared::Py_tss_t>(), \"Py_tss_t\");\n",
    );
    if headers.contains("pub struct _PyLongValue") {
        let assertions = [
            "size_of::<headers::_longobject>() == size_of::<Long>()",
            "offset_of!(headers::_longobject, long_value) == offset_of!(Long, tag)",
            "offset_of!(headers::_PyLongValue, lv_tag) == 0",
            "offset_of!(headers::_PyLongValue, ob_digit) == offset_of!(Long, digit) - offset_of!(Long, tag)",
            "size_of::<headers::digit>() == 4",
        ];
        text.push_str("    use hpy::undeclared::Long;\n");
        for assertion in assertions {
            let _ = writeln!(text, "    assert!({assertion}, \"int\");");
        }
    }
    let fields: &[(&str, usize)] = match version {
        "3.12" => &[("c_recursion_remaining", 36)],
        "3.13" => &[("c_recursion_remaining", 52), ("delete_later", 168)],
        _ => &[],
    };
    if !free_threaded {
        let linux = "assert!(!cfg!(all(target_os = \"linux\", target_pointer_width = \"64\"))";
        for (field, offset) in fields {
            let _ = writeln!(
                text,
                "    {linux} || offset_of!(headers::_ts, {field}) == {offset}, \"{field}, which thread_state.rs has\");"
            );
        }
    }
    text.push_str("};\n");
    text
}

/// The slots of the table that these headers number.
fn slots(headers: &str) -> Vec<String> {
    let table = include_str!("../../shims/api/slots.toml");
    let names = table.lines().filter_map(|line| line.strip_prefix("name = \"H")?.strip_suffix('"'));
    names.filter(|name| headers.contains(&format!("pub const {name}:"))).map(str::to_owned).collect()
}
