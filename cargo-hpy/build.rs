// cargo-hpy/build.rs: tells the command which platform it is for: a crate has no other way to know its own target.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=HPY_HOST={}", std::env::var("TARGET").expect("cargo sets TARGET"));
}
