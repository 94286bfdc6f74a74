// tests/c_headers.rs: the C headers compile without a warning, alone and together, in every standard, for every CPython
// whose headers are found; the headers of another CPython and misuse are errors with a clear message.

mod common;
#[path = "common/headers.rs"]
mod headers;

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output};

use common::{pythons, root, sources, target};
use headers::{compilers, found, write_headers};
use hpy_generator::table;
use hpy_generator::target::Target;
use hpy_generator::target::abi::Abi;

/// Where the headers of this test are written.
const FOLDER: &str = "headers";
const WARNINGS: &[&str] = &["-Werror", "-Wall", "-Wextra", "-Wconversion"];
const C: &[&str] = &["c99", "c11", "c17"];
const CPP: &[&str] = &["c++11", "c++17", "c++20"];

/// The header that shadows Python's own.
const FORBIDDEN: &str = "hpy/forbid_python_h/Python.h";

/// The ABI that the headers are for, and the folder of Python's own.
#[derive(Clone, Copy)]
enum For<'a> {
    CPython(&'a Path),
    Hybrid(&'a Path),
    Universal,
}

fn compile(compiler: &str, standard: &str, folder: &Path, of: For<'_>, source: &str) -> Result<(), String> {
    let language = if standard.starts_with("c++") { "c++" } else { "c" };
    // Two tests compile the same file concurrently.
    let file = folder.join(format!("{compiler}-{standard}-{}-{:x}.{language}", of.name(), source.len()));
    std::fs::write(&file, format!("{source}extern int something;\n")).unwrap();
    let output = run(compiler, folder, of, &file, [&format!("-std={standard}"), "-pedantic", "-x", language]);
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// Compiles a file with the flags of an extension, and returns the compiler's messages in English.
fn run<A: AsRef<OsStr>>(
    compiler: &str,
    folder: &Path,
    of: For<'_>,
    file: &Path,
    options: impl IntoIterator<Item = A>,
) -> Output {
    let mut command = Command::new(compiler);
    command
        .args(WARNINGS)
        .args(options)
        .arg(format!("-DHPY_ABI_{}", of.name()))
        .args(["-fsyntax-only", "-I"])
        .arg(folder);
    if let For::CPython(python) | For::Hybrid(python) = of {
        command.arg("-I").arg(root().join("tests/quiet_python")).arg("-I").arg(python);
    }
    command.arg(file).env("LC_ALL", "C").output().unwrap()
}

impl For<'_> {
    fn name(self) -> &'static str {
        match self {
            For::CPython(_) => "CPYTHON",
            For::Hybrid(_) => "HYBRID",
            For::Universal => "UNIVERSAL",
        }
    }

    /// Whether a header is one of this ABI.
    fn has(self, name: &str) -> bool {
        let other = match self {
            For::CPython(_) => "hpy/loader/",
            _ => "hpy/native/",
        };
        !name.starts_with(other) && name != FORBIDDEN
    }
}

#[test]
fn headers_compile_alone_and_together() {
    let found = found();
    let mut failed = String::new();
    for (target, include) in &found {
        let (folder, names) = write_headers(target, FOLDER);
        failed.push_str(&compile_all(&folder, &names, For::CPython(include)));
        // Those of the hybrid ABI are the same for each: one is enough.
        if target.version == pythons().limits.maximum {
            failed.push_str(&compile_all(&folder, &names, For::Hybrid(include)));
        }
    }
    assert!(failed.is_empty(), "{failed}");
    println!("headers of {} CPythons", found.len());
}

/// Each function of the table is defined or declared once in each ABI, where its record says: inline or in the library.
#[test]
fn each_function_of_the_table_is_in_the_headers() {
    let api = table::read::read(&sources().table).unwrap_or_else(|problems| panic!("{problems}"));
    let check = |abi: &Abi, folder: &Path, of: For<'_>| {
        let uses = api.all_functions().filter(|function| function.is_in(abi));
        let uses: String = uses.map(|function| format!("    (void)&{};\n", function.name())).collect();
        for compiler in compilers() {
            let source = format!("#include \"hpy.h\"\nvoid all(void);\nvoid all(void)\n{{\n{uses}}}\n");
            compile(compiler, "c11", folder, of, &source).unwrap_or_else(|said| panic!("{said}"));
        }
    };
    for (target, include) in found() {
        let (folder, _) = write_headers(&target, FOLDER);
        check(&Abi::CPython(target.clone()), &folder, For::CPython(&include));
        if target.version == pythons().limits.maximum {
            check(&Abi::Hybrid(target), &folder, For::Hybrid(&include));
        }
    }
    let (folder, _) = write_headers(&target("3.12"), FOLDER);
    check(&Abi::Universal, &folder, For::Universal);
}

/// What a header and the library must agree on and neither is made from the other.
#[test]
fn a_limit_is_the_same_in_a_header_and_in_the_library() {
    let number = |file: &str, before: &str| {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        let (_, after) = text.split_once(before).unwrap_or_else(|| panic!("{file} has no `{before}`"));
        after.split(|letter: char| !letter.is_ascii_digit()).next().unwrap().to_owned()
    };
    let header = "shims/include/hpy/native/runtime.h";
    for (name, file, before) in [
        ("BY_STACK\n#  define _HPY_NEAR ", "src/native/recursion.rs", "if cfg!(cpython_recursion_by_stack) { "),
        ("#else\n#  define _HPY_NEAR ", "src/native/recursion.rs", "{ 4096 } else { "),
        ("_HPY_DEEPEST_DEALLOC ", "src/native/types/dealloc_direct.rs", "const DEEPEST: c_int = "),
    ] {
        let value = number(header, name);
        assert_eq!(value, number(file, before), "{name}");
        assert!(!value.is_empty(), "{name}");
    }
}

/// The headers of the universal ABI compile without Python's headers.
#[test]
fn headers_compile_without_a_python() {
    let (folder, names) = write_headers(&target("3.12"), FOLDER);
    let failed = compile_all(&folder, &names, For::Universal);
    assert!(failed.is_empty(), "{failed}");
}

/// Compiles each header of an ABI alone, and all together, and returns the compilers' messages.
fn compile_all(folder: &Path, names: &[String], of: For<'_>) -> String {
    let includes: Vec<_> =
        names.iter().filter(|name| of.has(name)).map(|name| format!("#include \"{name}\"\n")).collect();
    let together = includes.concat();
    let mut failed = String::new();
    for compiler in compilers() {
        for standard in C.iter().chain(CPP) {
            // One compiler and one standard are enough for a header alone.
            let alone = includes.iter().filter(|_| compiler == "cc" && *standard == "c99");
            for source in alone.chain([&together]) {
                if let Err(said) = compile(compiler, standard, folder, of, source) {
                    let name = of.name();
                    failed.push_str(&format!("{name} {folder:?} with {compiler} -std={standard}:\n{source}{said}\n"));
                }
            }
        }
    }
    failed
}

/// `forbid_python_h`, first on the include path, makes including Python.h an error in a universal build; any other build with
/// it is an error.
#[test]
fn python_h_is_forbidden_in_universal_builds_alone() {
    let (folder, _) = write_headers(&target("3.12"), FOLDER);
    let python = folder.join("hpy/forbid_python_h");
    for (of, expected) in [
        (
            For::Universal,
            "It is forbidden to #include <Python.h> when targeting the HPy Universal ABI: leave it out, or build for ",
        ),
        (For::Hybrid(&python), "the folder hpy/forbid_python_h is on the include path, and the build is not for the "),
        (For::CPython(&python), "the folder hpy/forbid_python_h is on the include path, and the build is not for the "),
    ] {
        for compiler in compilers() {
            let source = "#include \"hpy/forbid_python_h/Python.h\"\n";
            let said = compile(compiler, "c11", &folder, of, source).unwrap_err();
            assert!(said.contains(expected), "{said}");
        }
    }
}

/// The headers of a build with the global lock serve one without it, if the macro `Py_GIL_DISABLED` is defined.
#[test]
fn headers_compile_without_the_global_lock() {
    for (target, include) in found() {
        if target.version < pythons().limits.minimum_free_threaded || target.free_threaded {
            continue;
        }
        let (folder, _) = write_headers(&Target { free_threaded: true, ..target }, FOLDER);
        for compiler in compilers() {
            let source = "#define Py_GIL_DISABLED 1\n#include \"hpy.h\"\n";
            for standard in ["c11", "c++11"] {
                compile(compiler, standard, &folder, For::CPython(&include), source)
                    .unwrap_or_else(|said| panic!("{said}"));
            }
        }
    }
}

/// Without a global lock HPyField_Load takes the address of the field: a copy does not compile.
#[test]
fn a_copy_of_a_field_does_not_compile_without_the_global_lock() {
    let free_threaded =
        |target: &Target| target.version >= pythons().limits.minimum_free_threaded && !target.free_threaded;
    let Some((target, include)) = found().into_iter().find(|(target, _)| free_threaded(target)) else {
        println!("no headers of a CPython that can be without the global lock");
        return;
    };
    let with_lock = write_headers(&target, FOLDER).0;
    let without_lock = write_headers(&Target { free_threaded: true, ..target }, "c-headers-free-threaded").0;
    let load = |parameter: &str, field: &str| {
        format!(
            "#include \"hpy.h\"\ntypedef struct {{ long number; HPyField one, all[3]; }} Node;\n\
             HPy load(HPyContext *ctx, HPy self, {parameter});\n\
             HPy load(HPyContext *ctx, HPy self, {parameter}) {{ return HPyField_Load(ctx, self, {field}); }}\n"
        )
    };
    for compiler in compilers() {
        let compiles = |folder: &Path, source: &str| {
            let file = folder.join(format!("field-{compiler}.c"));
            std::fs::write(&file, source).unwrap();
            let mut command = Command::new(compiler);
            command.args(["-std=c11", "-O2", "-DHPY_ABI_CPYTHON", "-c", "-o", "/dev/null", "-I"]).arg(folder);
            if folder == without_lock {
                command.args(["-UPy_GIL_DISABLED", "-DPy_GIL_DISABLED=1"]);
            }
            command.arg("-I").arg(&include).arg(&file).env("LC_ALL", "C").output().unwrap()
        };
        for field in [load("Node *node", "node->one"), load("Node *node", "node->all[2]"), load("HPyField *f", "*f")] {
            for folder in [&with_lock, &without_lock] {
                let output = compiles(folder, &field);
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            }
        }
        let copy = load("HPyField field", "field");
        assert!(compiles(&with_lock, &copy).status.success());
        let output = compiles(&without_lock, &copy);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains("takes the field where it is and not a copy"), "{said}");
    }
}

/// The pointer to the struct of `HPy_New` is set on every path, to null on failure: the compiler does not warn of an
/// uninitialized one.
#[test]
fn the_struct_of_an_instance_may_be_used_without_a_check() {
    let source = "#include \"hpy.h\"\ntypedef struct { long x, y; } Point;\nHPyType_HELPERS(Point)\n\
        HPyDef_SLOT(Point_new, HPy_tp_new)\n\
        static HPy Point_new_impl(HPyContext *ctx, HPy cls, const HPy *args, HPy_ssize_t nargs, HPy kw)\n\
        { Point *self; HPy h = HPy_New(ctx, cls, &self); (void)args; (void)kw; self->x = self->y = nargs; return h; }\n";
    let found = found();
    let pythons = found.iter().map(|(target, include)| (write_headers(target, FOLDER).0, For::CPython(include)));
    let universal = (write_headers(&target("3.12"), FOLDER).0, For::Universal);
    for (folder, of) in pythons.chain([universal]) {
        for compiler in compilers() {
            for level in ["-O0", "-O1", "-O2", "-O3"] {
                let file = folder.join(format!("unchecked-{compiler}-{}.c", of.name()));
                std::fs::write(&file, source).unwrap();
                let mut command = Command::new(compiler);
                command.args(["-std=c11", "-Wall", "-Werror", level, "-S", "-o", "/dev/null", "-I"]).arg(&folder);
                if let For::CPython(python) = of {
                    command.arg("-I").arg(python);
                }
                command.arg(format!("-DHPY_ABI_{}", of.name())).arg(&file).env("LC_ALL", "C");
                let output = command.output().unwrap();
                let said = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "{compiler} {level} in {folder:?}:\n{said}");
            }
        }
    }
}

#[test]
fn headers_of_another_python_are_refused() {
    for (found, include) in found() {
        let other = if found.version == "3.12".parse().unwrap() { "3.11" } else { "3.12" };
        let (folder, _) = write_headers(&target(other), FOLDER);
        let said =
            compile("cc", "c11", &folder, For::CPython(&include), "#include \"hpy/native/functions.h\"\n").unwrap_err();
        let expected = format!(
            "these headers were generated for CPython {other}, and Python.h is another one: generate them again"
        );
        assert!(said.contains(&expected), "{said}");
    }
}

#[test]
fn headers_of_the_other_kind_of_build_are_refused() {
    for (found, include) in found() {
        let (kind, remedy) = if found.debug {
            ("a debug build", "generate them again")
        } else {
            ("a release build", "name its folder with -I and not with -isystem, or generate them again")
        };
        let other = Target { debug: !found.debug, ..found };
        let (folder, _) = write_headers(&other, FOLDER);
        let said =
            compile("cc", "c11", &folder, For::CPython(&include), "#include \"hpy/native/functions.h\"\n").unwrap_err();
        let expected =
            format!("these headers were generated for {}, and Python.h is that of {kind}: {remedy}", other.name());
        assert!(said.contains(&expected), "{said}");
    }
}

/// Each file of `tests/c_misuse` contains the compilers' first errors: `cc: ...`, `clang: ...`. Its twin compiles.
#[test]
fn misuse_does_not_compile_and_its_twin_does() {
    let Some((target, include)) = found().pop() else { return };
    let (folder, _) = write_headers(&target, FOLDER);
    let mut count = 0;
    for entry in std::fs::read_dir(root().join("tests/c_misuse")).unwrap() {
        let wrong = entry.unwrap().path();
        if wrong.to_string_lossy().ends_with(".twin.c") {
            continue;
        }
        count += 1;
        let text = std::fs::read_to_string(&wrong).unwrap();
        for compiler in compilers() {
            let start = format!("/* {compiler}: ");
            let expected = text.lines().find_map(|line| line.strip_prefix(&start)).unwrap().trim_end_matches(" */");
            let output = run(compiler, &folder, For::CPython(&include), &wrong, ["-std=c11"]);
            let said = String::from_utf8_lossy(&output.stderr);
            let first = said.lines().find(|line| line.contains("error:")).unwrap_or_default();
            assert!(first.contains(expected), "{compiler} {}: expected {expected}\n{said}", wrong.display());
            let twin = wrong.with_extension("twin.c");
            let output = run(compiler, &folder, For::CPython(&include), &twin, ["-std=c11"]);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
    assert!(count >= 10, "only {count} cases");
}
