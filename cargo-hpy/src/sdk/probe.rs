// cargo-hpy/src/sdk/probe.rs: an extension that is linked with each library before the SDK is written.
//
// CFLAGS and RUSTFLAGS may make objects that only some linkers can read, or that need another library. The probe reports it
// now, not when the author links an extension.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use object::Object;

use super::Built;
use crate::abi::Abi;
use crate::error::{Error, Result};
use crate::temporary::Temporary;

const SOURCE: &str = include_str!("probe.c");
/// The name of the module that it defines.
const NAME: &str = "hpy_sdk_probe";

/// Links an extension for `abi` with the library, by the compiler in CC, or else `cc`.
pub fn links(built: &Built, abi: Abi, python_include: Option<&Path>) -> Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    // Two runs may build the same library at the same time.
    let temporary = Temporary::beside(&built.headers.with_file_name("probe"));
    let folder = &temporary.path;
    let file = folder.join("probe.so");
    let unwritable = |error| Error::new(format!("cannot write {}: {error}", folder.display()), "free some disk space");
    fs::create_dir_all(folder).and_then(|()| fs::write(folder.join("probe.c"), SOURCE)).map_err(unwritable)?;

    let compiler = env::var_os("CC").filter(|value| !value.is_empty()).unwrap_or_else(|| "cc".into());
    // CC is a command with optional arguments, as for the build of the C library.
    let words = compiler.to_string_lossy().into_owned();
    let mut words = words.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or("cc"));
    command.args(words).args(super::loaded().split(' ')).arg("-DHPY").arg(abi.define());
    command.arg("-I").arg(&built.headers);
    if let Some(include) = python_include {
        command.arg("-I").arg(include);
    }
    command.arg("-o").arg(&file).arg(folder.join("probe.c")).arg(&built.library);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(abi, &format!("cannot run `{}`: {error}", command.get_program().to_string_lossy())))?;
    if !output.status.success() {
        return Err(failed(abi, String::from_utf8_lossy(&output.stderr).trim_end()));
    }
    let data =
        fs::read(&file).map_err(|error| failed(abi, &format!("the compiler made no {}: {error}", file.display())))?;
    check(&data, abi).map_err(|problem| failed(abi, &problem))
}

/// Checks that the module exports its entry, and has no undefined symbol of HPy or of Rust's libraries.
fn check(data: &[u8], abi: Abi) -> std::result::Result<(), String> {
    let file = object::File::parse(data).map_err(|error| format!("the compiler made no library: {error}"))?;
    let plain = |name: &[u8]| {
        let name = String::from_utf8_lossy(name).into_owned();
        if file.format() == object::BinaryFormat::MachO { name.trim_start_matches('_').to_owned() } else { name }
    };
    let entry = format!("{}{NAME}", abi.entry());
    let exports =
        file.exports().and_then(Iterator::collect::<object::Result<Vec<_>>>).map_err(|error| error.to_string())?;
    if !exports.iter().any(|export| export.name().name().is_some_and(|name| plain(name) == entry)) {
        return Err(format!("the module has no {entry}"));
    }
    let imports =
        file.imports().and_then(Iterator::collect::<object::Result<Vec<_>>>).map_err(|error| error.to_string())?;
    let names: Vec<_> = imports.iter().map(object::Import::name).collect();
    let mut names = names.iter().filter_map(|name| name.name()).map(plain);
    // Rust's symbols begin with _R, in older versions with _ZN.
    let is_ours = |name: &String| {
        name.trim_start_matches('_').starts_with("HPy") || name.starts_with("_R") || name.starts_with("_ZN")
    };
    match names.find(is_ours) {
        Some(name) => Err(format!("{name} is not in the library")),
        None => Ok(()),
    }
}

fn failed(abi: Abi, how: &str) -> Error {
    Error::new(
        format!("an extension for {} cannot be linked with the library that was built:\n\n{how}\n", abi.name()),
        "CFLAGS, CC and RUSTFLAGS are part of the build: leave out what is in them, or set CC to the compiler of the \
         extensions",
    )
}
