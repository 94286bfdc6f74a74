// cargo-hpy/src/main.rs: the command `cargo hpy`, which cargo calls as `cargo-hpy hpy ...`.

mod abi;
mod bench;
mod build;
mod built_for;
mod cargo;
mod cli;
mod demo;
mod error;
mod extension;
mod in_path;
mod list;
mod progress;
mod python;
mod sdk;
mod temporary;
mod workspace;

use std::process::ExitCode;

use clap::Parser;
use cli::{Cargo, Command};

fn main() -> ExitCode {
    let Cargo::Hpy(hpy) = Cargo::parse();
    let result = match hpy.command {
        Command::Bench(options) => bench::run(&options),
        Command::Build(options) => build::run(&options),
        Command::Demo(options) => demo::run(&options),
        Command::Sdk(options) => sdk::run(&options),
        Command::Pythons => list::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
