// generator/src/target/abi.rs: the ABI that one build is for, and how the features of the package choose it.

use crate::problems::Problems;
use crate::target::Target;
use crate::target::pythons::Pythons;

/// What the generator emits for. A build script makes one of these, whichever its features say.
#[derive(Clone, Debug)]
pub enum Abi {
    /// The C API of one CPython: each function is the call itself.
    CPython(Target),
    /// HPy's context: one binary for every interpreter that can load it. No Python is needed to build it.
    Universal,
    /// HPy's context, beside the C API of one CPython for legacy code.
    Hybrid(Target),
}

/// The names of the ABIs: as features of the package, in file names, and in HPY_ABI.
pub const NAMES: [&str; 3] = ["cpython", "universal", "hybrid"];

impl Abi {
    pub fn name(&self) -> &'static str {
        match self {
            Abi::CPython(_) => NAMES[0],
            Abi::Universal => NAMES[1],
            Abi::Hybrid(_) => NAMES[2],
        }
    }

    /// The Python that the build is for, if it is for one.
    pub fn target(&self) -> Option<&Target> {
        match self {
            Abi::CPython(target) | Abi::Hybrid(target) => Some(target),
            Abi::Universal => None,
        }
    }

    /// What `HPY_SYS_PRINT_CONFIG=1` prints.
    pub fn describe(&self, pythons: &Pythons) -> String {
        let target = self.target().map_or("target = none".to_owned(), |target| target.describe(pythons));
        format!(
            "HPY_SYS_PRINT_CONFIG=1 is set: this is what was detected, and the build stops here.\nabi = {}\n{target}",
            self.name()
        )
    }

    /// `built_for.toml` in the folder of the build script: what tools compare with what they asked for.
    pub fn record(&self) -> String {
        let target = self.target().map_or(String::new(), Target::record);
        format!("abi = \"{}\"\n{target}", self.name())
    }

    /// What generated files say that they are for.
    pub fn description(&self) -> String {
        match self {
            Abi::CPython(target) => target.name(),
            Abi::Universal => "HPy's universal ABI".to_owned(),
            Abi::Hybrid(target) => format!("HPy's hybrid ABI on {}", target.name()),
        }
    }
}

/// The name of the one ABI that is chosen; `chosen` says for each of [`NAMES`] whether it is.
pub fn choose(chosen: [bool; 3]) -> Result<&'static str, Problems> {
    let names: Vec<_> = NAMES.into_iter().zip(chosen).filter_map(|(name, chosen)| chosen.then_some(name)).collect();
    match names.as_slice() {
        [only] => Ok(only),
        [] => Err(Problems::one(
            "no HPy ABI is chosen",
            "give the dependency on hpy-sys one of features = [\"cpython\"], which is the default, [\"universal\"] and [\"hybrid\"]",
        )),
        several => Err(Problems::one(
            format!(
                "{} HPy ABIs are chosen: {}",
                if several.len() == 2 { "two" } else { "three" },
                several.join(" and ")
            ),
            "\"cpython\" is a default feature: give the dependency on hpy-sys default-features = false and one of features = \
             [\"cpython\"], [\"universal\"] and [\"hybrid\"], and do so wherever the dependency graph has hpy-sys",
        )),
    }
}
