// sdk/src/contents.rs: the files of an SDK.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use hpy_generator::target::abi::NAMES;

use crate::file::{Failure, File, files_in};
use crate::{STUB_TEXT, SUFFIX};

const PKG_CONFIG: &str = include_str!("hpy.pc");
const CMAKE: &str = include_str!("hpy-config.cmake");
const CMAKE_VERSION: &str = include_str!("hpy-config-version.cmake");
/// The loader file of a universal or hybrid module, to be copied to `name.py`.
pub const STUB: &str = "share/hpy/stub.py";

/// What one ABI adds to an SDK.
pub struct Part {
    /// Its name, one of the generator's.
    pub abi: &'static str,
    /// The static library that is built for it.
    pub library: PathBuf,
}

/// The sources of the files.
pub struct Contents<'a> {
    /// One part or more.
    pub parts: Vec<Part>,
    /// The generated headers: those for a Python include those of the loader ABIs.
    pub headers: &'a Path,
    /// The name of the Python that the native ABI's headers and library are for.
    pub python: Option<String>,
}

impl Contents<'_> {
    /// All files; the error has the path that cannot be read.
    pub fn files(&self) -> Result<Vec<File>, Failure> {
        let version = version(self.headers)?;
        let mut files = Vec::new();
        for part in &self.parts {
            let library = library_name(&part.library);
            files.push(File::copy(format!("lib/{}/{library}", part.abi), part.library.clone())?);
            files.push(self.package(part.abi, &version));
        }
        let library = self.parts.first().map_or("", |part| library_name(&part.library));
        let fill =
            |text: &str| text.replace("@VERSION@", &version).replace("@LIBRARY@", library).replace("@STUB@", STUB);
        files.push(File::text("lib/cmake/hpy/hpy-config.cmake", fill(CMAKE)));
        files.push(File::text("lib/cmake/hpy/hpy-config-version.cmake", fill(CMAKE_VERSION)));
        if self.parts.iter().any(|part| part.abi != NAMES[0]) {
            files.push(File::text(STUB, STUB_TEXT.to_owned()));
        }
        for name in files_in(self.headers)? {
            files.push(File::copy(format!("include/{name}"), self.headers.join(&name))?);
        }
        Ok(files)
    }

    /// The package of an ABI for pkg-config.
    fn package(&self, abi: &str, version: &str) -> File {
        let suffix = format!("suffix={SUFFIX}\n");
        let stub = format!("stub=${{prefix}}/{STUB}\n");
        let name = self.python.clone().unwrap_or_default();
        let (package, variables, of, folders) = match abi {
            "cpython" => ("hpy", format!("python={name}\n"), name, ""),
            "universal" => (
                "hpy-universal",
                suffix + &stub,
                "every interpreter that has hpy.universal".to_owned(),
                "-I${includedir}/hpy/forbid_python_h ",
            ),
            _ => ("hpy-hybrid", stub, "HPy's hybrid ABI".to_owned(), ""),
        };
        let text = PKG_CONFIG
            .replace("@PACKAGE@", package)
            .replace("@VARIABLES@\n", &variables)
            .replace("@FOR@", &of)
            .replace("@FOLDERS@", folders)
            .replace("@VERSION@", version)
            .replace("@DEFINE@", &format!("-DHPY_ABI_{}", abi.to_uppercase()))
            .replace("@COMPILE@", compile_option())
            .replace("@LINK@", link_option())
            .replace("@ABI@", abi);
        File::text(format!("lib/pkgconfig/{package}.pc"), text)
    }
}

/// Hides the extension's own symbols, so that it reaches its variables without a table.
const fn compile_option() -> &'static str {
    if cfg!(windows) { "" } else { " -fvisibility=hidden" }
}

/// Has the linker drop the parts of the runtime that the extension does not use.
const fn link_option() -> &'static str {
    if cfg!(windows) {
        ""
    } else if cfg!(target_vendor = "apple") {
        " -Wl,-dead_strip"
    } else {
        " -Wl,--gc-sections"
    }
}

/// The version of HPy's API, from the headers.
fn version(headers: &Path) -> Result<String, Failure> {
    let file = headers.join("hpy/version.h");
    let text = fs::read_to_string(&file).map_err(|error| (file.clone(), error))?;
    let version = text.lines().find_map(|line| line.strip_prefix("#define HPY_VERSION "));
    match version {
        Some(version) => Ok(version.trim().trim_matches('"').to_owned()),
        None => Err((file, io::Error::other("it defines no HPY_VERSION"))),
    }
}

/// The name of the library, for `-lhpy`.
pub fn library_name(built: &Path) -> &'static str {
    if built.extension().is_some_and(|found| found == "lib") { "hpy.lib" } else { "libhpy.a" }
}
