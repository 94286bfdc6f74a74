// pythons/src/loaders.rs: the interpreters that have a loader of HPy's universal ABI.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use hpy_generator::target::pythons::Loader;
use hpy_generator::target::version::Version;

use crate::Found;
use crate::environment::{Environment, succeed};

/// The script that prints the version of an interpreter's loader.
const VERSION: &str = "from hpy import universal; print(universal.get_version()[0])";

/// Whether a loader is for this interpreter, which needs no headers.
pub fn is_for(loader: &Loader, python: &Found) -> bool {
    python.implementation == loader.implementation
        && (loader.from..=loader.until).contains(&python.version)
        && !python.debug
        && !python.free_threaded
}

/// The first interpreter of a version that a loader is for.
pub fn find_for<'a>(loader: &Loader, version: Version, found: &'a [Found]) -> Option<&'a Found> {
    found.iter().find(|found| found.version == version && is_for(loader, found))
}

/// The interpreter to run modules with: `python`, or that of an environment below `folder`, which has the packages.
///
/// The error says why there is none.
pub fn prepare(loader: &Loader, python: &Found, folder: &Path) -> Result<PathBuf, String> {
    // Tests that run at the same time want the same one.
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock();
    if loader.packages.is_empty() {
        return check(loader, &python.path).map(|()| python.path.clone());
    }
    let environment = Environment::new(&folder.join(loader.name_on(python.version)), &python.path)?;
    if check(loader, &environment.python).is_err() {
        environment.install(&loader.packages)?;
        check(loader, &environment.python)?;
    }
    Ok(environment.python)
}

/// Whether the interpreter has this very loader.
fn check(loader: &Loader, python: &Path) -> Result<(), String> {
    let said = succeed(Command::new(python).args(["-I", "-c", VERSION]))
        .map_err(|_| format!("`{}` has no hpy.universal", python.display()))?;
    match said.trim() == loader.version {
        true => Ok(()),
        false => Err(format!("its loader is {}, and what is known is of {}", said.trim(), loader.version)),
    }
}

/// The end of a module's file name for loaders, after the module's own name: `.hpy0.so`, and for a hybrid module, which is
/// for one interpreter, `.hpy0-cp314.so`, `.hpy0-cp314t.so` or `.hpy0-cp314d.so`.
pub fn module_suffix(python: Option<&Found>) -> String {
    let extension = if cfg!(windows) { "pyd" } else { "so" };
    let tag = python.map_or(String::new(), |python| {
        let (t, d) = (if python.free_threaded { "t" } else { "" }, if python.debug { "d" } else { "" });
        format!("-cp{}{}{t}{d}", python.version.major, python.version.minor)
    });
    format!(".hpy0{tag}.{extension}")
}
