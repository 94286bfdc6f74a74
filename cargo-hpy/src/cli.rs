// cargo-hpy/src/cli.rs: what can be typed after `cargo hpy`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Cargo passes the name of the subcommand on, so that the command begins with `hpy`.
#[derive(Parser)]
#[command(name = "cargo", bin_name = "cargo")]
pub enum Cargo {
    Hpy(Hpy),
}

/// Python extensions with hpy-sys
#[derive(Args)]
#[command(version)]
pub struct Hpy {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    Demo(Demo),
    Sdk(Sdk),
    /// List the Python interpreters of this machine, and which one would be used
    Pythons,
}

/// Build the examples of the hpy-sys repository, and show in Python what they do
#[derive(Args)]
pub struct Demo {
    /// The Python to build for: a version like 3.14, or the path of an interpreter
    #[arg(long, value_name = "PATH_OR_VERSION")]
    pub python: Option<String>,
}

/// Write a folder with headers, static library and build files, for extensions in C and C++
#[derive(Args)]
pub struct Sdk {
    /// The Python to build for: a version like 3.14, or the path of an interpreter
    #[arg(long, value_name = "PATH_OR_VERSION")]
    pub python: Option<String>,
    /// The folder to write: a new or an empty one, or an SDK, which is replaced
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}
