// cargo-hpy/src/main.rs: the command `cargo hpy`, which cargo calls as `cargo-hpy hpy ...`.

mod abi;
mod bench;
mod build;
mod built_for;
mod cargo;
mod cargo_options;
mod ci;
mod cli;
mod demo;
mod error;
mod extension;
mod in_path;
mod list;
mod names;
mod new;
mod progress;
mod python;
mod sdk;
mod temporary;
mod wheel;
mod workspace;

use std::process::ExitCode;

use clap::Parser;
use cli::{Cargo, Command};

fn main() -> ExitCode {
    let Cargo::Hpy(hpy) = Cargo::parse();
    let result = match hpy.command {
        Command::Bench(options) => bench::run(&options).map(|()| 0),
        Command::Build(options) => build::run(&options).map(|()| 0),
        Command::Ci(options) => ci::run(&options).map(|()| 0),
        Command::Demo(options) => demo::run(&options).map(|()| 0),
        Command::New(options) => new::run(&options).map(|()| 0),
        Command::Sdk(options) => sdk::run(&options).map(|()| 0),
        Command::Wheel(options) => wheel::run(&options),
        Command::Pythons => list::run().map(|()| 0),
    };
    match result {
        Ok(failed) => ExitCode::from(failed),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
