// tests/machine_code_c.rs: the test of `tests/machine_code.rs` for C: with gcc and clang, for every CPython whose
// headers are found, and for builds of them without the global lock.
#![cfg(target_os = "linux")]

#[path = "machine_code/assembly.rs"]
mod assembly;
mod common;
#[path = "common/headers.rs"]
mod headers;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use assembly::{differences, functions};
use common::{pythons, sources};
use headers::{compilers, found, write_headers};
use hpy_generator::emit::c::spelling::declaration;
use hpy_generator::model::call::Argument;
use hpy_generator::model::types::{Crossing, Type};
use hpy_generator::model::{Api, Code, ErrorValue, Function};
use hpy_generator::table;
use hpy_generator::target::Target;

/// Functions whose code differs, on which builds, and why. An entry that is no longer needed fails the test.
const UNEQUAL: &[(&str, Builds, &str)] = &[
    ("HPy_GetItem_i", Builds::Gcc, "the same calls, with branches and registers in another order"),
    ("HPy_SetItem_i", Builds::Debug, LINES),
    (
        "HPy_SetItem_i",
        Builds::ReleaseWithClang,
        "the same instructions, with the tests for NULL and registers in another order",
    ),
    ("HPyListBuilder_Set", Builds::LongCountsWithGcc, RETURN),
    ("HPyTupleBuilder_Set", Builds::LongCountsWithGcc, RETURN),
    (
        "HPyTuple_FromArray",
        Builds::ClangWithLoop,
        "the same instructions, with the tests for NULL and for no items in another order",
    ),
    ("HPyWeakref_Check", Builds::GccSince310, "the same instructions, with two compares in another order"),
    ("HPyField_Store", Builds::DebugWithGcc, "the same instructions, in another order around the two counts"),
];

const RETURN: &str = "the same instructions, with the return in another place";
const LINES: &str = "a debug build passes file and line to Py_DECREF";

/// The builds that an exception is for.
enum Builds {
    Gcc,
    Debug,
    DebugWithGcc,
    ReleaseWithClang,
    ClangWithLoop,
    /// From CPython 3.10 on.
    GccSince310,
    /// Counting a reference takes more than one instruction.
    LongCountsWithGcc,
}

/// The flags of release builds of CPython for extensions, with assembly as the output.
const FLAGS: &[&str] = &["-O2", "-fPIC", "-DNDEBUG", "-DHPY_ABI_CPYTHON", "-fno-asynchronous-unwind-tables", "-S"];

/// Each function of a pair is compiled alone, since the compiler would merge equal functions of one file. The one through HPy is
/// the function that CPython calls: it has CPython's types, and inlines the code with handles. GCC makes no tail call where a
/// function returns a struct such as a handle; a function that CPython calls returns none.
const PAIR: &str = "
#ifdef THROUGH_HPY
#  define HPY_SIDE
#  define RAW_SIDE __attribute__((unused)) static
#else
#  define HPY_SIDE __attribute__((unused)) static
#  define RAW_SIDE
#endif
#define PAIR(result, name, parameters, through_hpy) \\
    HPY_SIDE result hpy__##name parameters { return through_hpy; } \\
    RAW_SIDE result raw__##name parameters
";

/// A pair of functions for the record: one through HPy, one without.
fn pair(function: &Function, target: &Target) -> Option<String> {
    let prototype = &function.prototype;
    // It passes on the name of the function that calls it.
    let call = function.call(target.version).filter(|_| function.error != ErrorValue::Fatal)?;
    let mut parameters = String::new();
    let mut handles = String::new();
    for parameter in &prototype.parameters {
        let name = &parameter.name;
        parameters += &format!(", {}", declaration(raw_type(parameter.of), name));
        handles += &match parameter.of.crossing {
            Crossing::Handle => format!(", _py2h({name})"),
            Crossing::Handles => format!(", _arr_py2h({name})"),
            Crossing::ThreadState => format!(", _threads2h({name})"),
            Crossing::Cast(..) => format!(", ({})(void *){name}", parameter.of.c),
            _ => format!(", {name}"),
        };
    }
    let through_hpy = format!("{}(ctx{handles})", function.name());
    let through_hpy = match prototype.result.crossing {
        Crossing::Handle => format!("_h2py({through_hpy})"),
        Crossing::ThreadState => format!("_h2threads({through_hpy})"),
        _ => through_hpy,
    };
    let arguments: Vec<_> = call
        .arguments(prototype)
        .into_iter()
        .map(|argument| match argument {
            Argument::Null => "NULL".to_owned(),
            Argument::Integer(integer) => integer.to_string(),
            Argument::Parameter(name) => name,
        })
        .collect();
    let called = format!("{}({})", call.function, arguments.join(", "));
    let body = match function.error {
        ErrorValue::AlwaysNull => format!("{called}; return NULL"),
        _ if prototype.result.is_void() => called,
        _ => format!("return {called}"),
    };
    let (result, name) = (raw_type(prototype.result), function.name());
    Some(format!("PAIR({result}, {name}, (HPyContext *ctx{parameters}), {through_hpy})\n{{ {body}; }}\n"))
}

/// The type that C code without HPy has.
fn raw_type(of: &Type) -> &str {
    match of.crossing {
        Crossing::Handle => "PyObject *",
        Crossing::Handles => "PyObject *const *",
        Crossing::ThreadState => "PyThreadState *",
        Crossing::Cast(c, _) => c,
        _ => of.c,
    }
}

/// Compiles one side of every pair, and gives its assembly.
fn side(compiler: &str, flags: &[&str], folder: &Path, python: &Path, source: &Path, side: &str) -> String {
    let file = folder.join(format!("{compiler}-{side}.s"));
    let mut command = Command::new(compiler);
    command.args(FLAGS).args(flags).arg(format!("-D{side}")).arg("-I").arg(folder).arg("-I").arg(python);
    let output = command.arg(source).arg("-o").arg(&file).env("LC_ALL", "C").output().unwrap();
    assert!(output.status.success(), "{compiler}: {}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(file).unwrap()
}

/// The functions whose record gives a body on a target, and that are compared with nothing. Without a global lock, what
/// `HPyDict_Keys` does for null passes on the number of its line.
fn without_pair(table: &Api, target: &Target, functions: &BTreeMap<String, Vec<String>>) -> String {
    let has_body = |function: &&Function| matches!(function.code(target.version), Some(Code::Body(_)));
    let names = table.functions.iter().filter(has_body).map(Function::name);
    let is_compared = |name: &&str| functions.contains_key(&format!("raw__{name}"));
    let passes_line = |name: &&str| target.free_threaded && *name == "HPyDict_Keys";
    let missing: Vec<_> = names.filter(|name| !is_compared(name) && !passes_line(name)).collect();
    missing.join(", ")
}

/// The report of unexpected differences, empty if there are none.
fn compare(target: &Target, python: &Path, compiler: &str) -> String {
    let table = table::read::read(&sources().table).unwrap_or_else(|problems| panic!("{problems}"));
    let (folder, _) = write_headers(target, "machine-code-c");
    let mut source = format!("#include \"hpy.h\"\n{PAIR}");
    for function in table.all_functions() {
        source.push_str(&pair(function, target).unwrap_or_default());
    }
    source.push_str(include_str!("machine_code/by_hand.c"));
    source.push_str(include_str!("machine_code/values.c"));
    source.push_str(include_str!("machine_code/text.c"));
    let file = folder.join(format!("{compiler}.c"));
    std::fs::write(&file, source).unwrap();
    // The headers of a build with the global lock serve one without it, if the macro `Py_GIL_DISABLED` is defined.
    let flags: &[&str] = if target.free_threaded { &["-UPy_GIL_DISABLED", "-DPy_GIL_DISABLED=1"] } else { &[] };
    let text = |name| side(compiler, flags, &folder, python, &file, name);
    let mut code = functions(&text("THROUGH_HPY"));
    code.extend(functions(&text("DIRECTLY")));

    for (name, instructions) in code.iter().filter(|(name, _)| name.starts_with("known__")) {
        let tests =
            |instruction: &String| instruction.starts_with("testq %rsi, %rsi") || instruction.starts_with("cbz x1");
        assert!(!instructions.iter().any(tests), "{} with {compiler}: {name} tests for NULL", target.name());
    }
    code.retain(|name, _| !name.starts_with("known__"));
    let report = without_pair(&table, target, &code);
    assert!(report.is_empty(), "tests/machine_code has no pair for the body of {report}");

    let holds = |on: &Builds| match on {
        Builds::Gcc => compiler != "clang",
        Builds::Debug => target.debug,
        Builds::LongCountsWithGcc => (target.debug || target.free_threaded) && compiler != "clang",
        // PyTuple_FromArray begins with 3.15.
        Builds::ClangWithLoop => compiler == "clang" && target.version.minor < 15,
        Builds::GccSince310 => compiler != "clang" && target.version.minor >= 10,
        Builds::DebugWithGcc => target.debug && compiler != "clang",
        Builds::ReleaseWithClang => !target.debug && !target.free_threaded && compiler == "clang",
    };
    let excused: Vec<_> =
        UNEQUAL.iter().filter(|(_, on, _)| holds(on)).map(|(name, _, reason)| (*name, *reason)).collect();
    match differences(&code, &excused, &[]) {
        Ok(()) => String::new(),
        Err(report) => format!("{} with {compiler}: {report}\n", target.name()),
    }
}

#[test]
fn code_is_equal_for_every_cpython_and_compiler() {
    let (mut compared, mut failed) = (Vec::new(), String::new());
    for (target, python) in found() {
        if compared.contains(&target.name()) {
            continue;
        }
        let mut targets = vec![target.clone()];
        if target.version >= pythons().limits.minimum_free_threaded && !target.free_threaded && !target.debug {
            targets.push(Target { free_threaded: true, ..target });
        }
        for target in targets {
            for compiler in compilers() {
                failed.push_str(&compare(&target, &python, compiler));
            }
            compared.push(target.name());
        }
    }
    assert!(failed.is_empty(), "{failed}");
    println!("machine code of C for {}", compared.join(", "));
}
