// cargo-hpy/src/sdk/contents.rs: the files of an SDK.

use std::fs;
use std::io;
use std::path::Path;

use hpy_pythons::Found;
use serde_json::json;

use super::Built;
use super::place::{self, Failure, File, MARKER};
use crate::abi::Abi;

const PKG_CONFIG: &str = include_str!("hpy.pc");
const CMAKE: &str = include_str!("hpy-config.cmake");
/// The loader file of a universal or hybrid module, to be copied to `name.py`.
pub const STUB: &str = "share/hpy/stub.py";

/// The sources of the files. At least one build is present.
pub struct Contents<'a> {
    /// The only ABI that is wanted, if it is one.
    pub abi: Option<Abi>,
    /// The build for the native ABI of `python`.
    pub native: Option<&'a Built>,
    /// The build for the loader ABIs.
    pub context: Option<&'a Built>,
    pub python: Option<&'a Found>,
}

impl Contents<'_> {
    /// All files; the error has the path that cannot be read.
    pub fn files(&self, root: &Path) -> Result<Vec<File>, Failure> {
        // The headers for a Python include those of the loader ABIs.
        let headers = &self.native.or(self.context).expect("one of them is built").headers;
        let version = version(headers)?;
        let mut files = Vec::new();
        for (abi, built) in self.builds() {
            let library = library_name(&built.library);
            files.push(File::copy(format!("lib/{}/{library}", abi.name()), built.library.clone())?);
            files.push(self.package(abi, &version));
        }
        let library = library_name(&self.native.or(self.context).expect("one of them is built").library);
        let fill =
            |text: &str| text.replace("@VERSION@", &version).replace("@LIBRARY@", &library).replace("@STUB@", STUB);
        files.push(File::text("lib/cmake/hpy/hpy-config.cmake", fill(CMAKE)));
        if self.context.is_some() {
            files.push(File::text(STUB, crate::build::STUB.to_owned()));
        }
        for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
            files.push(File::copy(name, root.join(name))?);
        }
        for name in place::files_in(headers)? {
            files.push(File::copy(format!("include/{name}"), headers.join(&name))?);
        }
        let marker = self.marker(&files);
        files.push(File::text(MARKER, marker));
        Ok(files)
    }

    /// The ABIs of the SDK, each with the build that has its library.
    fn builds(&self) -> Vec<(Abi, &Built)> {
        let wanted = Abi::ALL.into_iter().filter(|abi| self.abi.is_none_or(|only| only == *abi));
        let built = |abi: Abi| if abi == Abi::Cpython { self.native } else { self.context };
        wanted.filter_map(|abi| Some((abi, built(abi)?))).collect()
    }

    /// The package of an ABI for pkg-config.
    fn package(&self, abi: Abi, version: &str) -> File {
        let suffix = format!("suffix={}\n", Abi::Universal.suffix(None));
        let stub = format!("stub=${{prefix}}/{STUB}\n");
        let name = self.python.map(Found::name).unwrap_or_default();
        let (package, variables, of, folders) = match abi {
            Abi::Cpython => ("hpy", format!("python={name}\n"), name, ""),
            Abi::Universal => (
                "hpy-universal",
                suffix + &stub,
                "every interpreter that has hpy.universal".to_owned(),
                "-I${includedir}/hpy/forbid_python_h ",
            ),
            Abi::Hybrid => ("hpy-hybrid", stub, "HPy's hybrid ABI".to_owned(), ""),
        };
        let text = PKG_CONFIG
            .replace("@PACKAGE@", package)
            .replace("@VARIABLES@\n", &variables)
            .replace("@FOR@", &of)
            .replace("@FOLDERS@", folders)
            .replace("@VERSION@", version)
            .replace("@DEFINE@", &abi.define())
            .replace("@ABI@", abi.name());
        File::text(format!("lib/pkgconfig/{package}.pc"), text)
    }

    /// The file that marks a folder as an SDK, and lists its Python and its files.
    fn marker(&self, files: &[File]) -> String {
        let names: Vec<_> = files.iter().map(|file| &file.path).collect();
        let marker = json!({
            "hpy-sys": env!("CARGO_PKG_VERSION"),
            "python": self.python.map(Found::name),
            "python-version": self.python.map(|python| &python.full_version),
            "files": names,
        });
        format!("{marker:#}\n")
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
pub fn library_name(built: &Path) -> String {
    if built.extension().is_some_and(|found| found == "lib") { "hpy.lib" } else { "libhpy.a" }.to_owned()
}
