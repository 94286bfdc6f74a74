// cargo-hpy/src/cargo_options.rs: the options of cargo that the commands take and pass on.

use std::path::PathBuf;

use clap::Args;

/// Options of `cargo build`, under cargo's names.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Options of cargo")]
pub struct CargoOptions {
    /// The Cargo.toml of the package or workspace
    #[arg(long, value_name = "PATH")]
    pub manifest_path: Option<PathBuf>,
    /// Build for another platform; its Rust target has to be installed
    #[arg(long, value_name = "TRIPLE")]
    pub target: Option<String>,
    /// Build with this profile of cargo
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// More features of the crate, as in `cargo build`
    #[arg(short = 'F', long, value_name = "FEATURES")]
    pub features: Vec<String>,
    /// Require that Cargo.lock is up to date
    #[arg(long)]
    pub locked: bool,
    /// Use no network
    #[arg(long)]
    pub offline: bool,
    /// More arguments for cargo, after `--`
    #[arg(last = true, value_name = "CARGO_ARGS")]
    pub rest: Vec<String>,
}

impl CargoOptions {
    /// The arguments for `cargo build` or `maturin build`; `usual` is the profile if none was named.
    pub fn arguments(&self, usual: &str) -> Vec<String> {
        let mut arguments = vec!["--profile".to_owned(), self.profile_or(usual).to_owned()];
        arguments.extend(self.target.iter().flat_map(|target| ["--target".to_owned(), target.clone()]));
        arguments.extend(self.features.iter().flat_map(|features| ["--features".to_owned(), features.clone()]));
        arguments.extend(self.about_packages().map(str::to_owned));
        arguments.extend(self.rest.iter().cloned());
        arguments
    }

    /// The options that `cargo metadata` takes too.
    pub fn about_packages(&self) -> impl Iterator<Item = &'static str> {
        let given = [(self.locked, "--locked"), (self.offline, "--offline")];
        given.into_iter().filter(|(given, _)| *given).map(|(_, option)| option)
    }

    pub fn profile_or<'a>(&'a self, usual: &'a str) -> &'a str {
        self.profile.as_deref().unwrap_or(usual)
    }

    /// The platform, if it is another than this one.
    pub fn foreign(&self) -> Option<&str> {
        self.target.as_deref().filter(|target| *target != env!("HPY_HOST"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_are_those_of_cargo() {
        let options = CargoOptions {
            target: Some("wasm32-wasip1".to_owned()),
            features: vec!["fast".to_owned()],
            locked: true,
            rest: vec!["--timings".to_owned()],
            ..CargoOptions::default()
        };
        let expected = ["--profile", "dev", "--target", "wasm32-wasip1", "--features", "fast", "--locked", "--timings"];
        assert_eq!(options.arguments("dev"), expected);
        assert_eq!(options.foreign(), Some("wasm32-wasip1"));
        let named = CargoOptions { profile: Some("small".to_owned()), ..CargoOptions::default() };
        assert_eq!(named.arguments("dev"), ["--profile", "small"]);
        assert_eq!(named.foreign(), None);
    }
}
