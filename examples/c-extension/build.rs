// build.rs: compiles the C sources with HPy's headers, which hpy-sys has made for the Python that was found.

fn main() {
    println!("cargo::rerun-if-changed=src");
    let folder = |name: &str| std::env::var_os(name).unwrap_or_else(|| panic!("hpy-sys sets {name}"));
    cc::Build::new()
        .file("src/counter.c")
        .include(folder("DEP_HPY_INCLUDE"))
        .include(folder("DEP_HPY_PYTHON_INCLUDE"))
        .define("HPY_ABI_CPYTHON", None)
        .define("PyInit_c_extension", "counter_init")
        .warnings_into_errors(true)
        .extra_warnings(true)
        .compile("counter");
}
