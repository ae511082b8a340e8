//! Which commands does this repository have, and what may follow each on the command line?
//!
//! `cargo xtask serve | test | build | bench | size`. Each installs what it needs and is missing, says what it does and why, and ends with a summary.

mod bench;
mod build;
mod program;
mod repository;
mod reproducible;
mod run;
mod serve;
mod size;
mod test;
mod tools;
mod totals;

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use lexopt::prelude::*;

const HELP: &str = "\
cargo xtask serve [--port 8080]               build everything and serve the host pages
cargo xtask test [words] [--engine chromium]  run every test, or the steps whose names hold one of the words
cargo xtask test --list                       name the steps, run none
cargo xtask build                             make pkg/wasm, pkg/js and pkg/dist
cargo xtask bench [--rounds 9] [--write]      build, then measure how long checks take, against other libraries, and how they grow
cargo xtask bench --hold                      the same, and fail when a budget is not met
cargo xtask size                              build, then say what a page downloads and hold it against the budget

Each command first installs what is missing (README, \"Two commands\"). Steps of the test: format, lint, docs, native, build, host,
binding, node, browsers, size, reproducible. Engines: chromium, firefox, webkit.
";

fn main() -> ExitCode {
    match obey() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn help() -> anyhow::Result<bool> {
    print!("{HELP}");
    Ok(true)
}

/// Whether everything that was asked for went well. An error is a command line that cannot be obeyed at all.
fn obey() -> anyhow::Result<bool> {
    let mut arguments = lexopt::Parser::from_env();
    let command = match arguments.next()? {
        Some(Value(word)) => word.string()?,
        Some(Short('h') | Long("help")) => return help(),
        Some(other) => return Err(other.unexpected().into()),
        None => bail!("which command?\n\n{HELP}"),
    };
    match command.as_str() {
        "serve" => {
            let mut port = 8080;
            while let Some(argument) = arguments.next()? {
                match argument {
                    Long("port") => {
                        port = arguments
                            .value()?
                            .parse()
                            .context("--port wants a number from 0 to 65535")?;
                    }
                    Short('h') | Long("help") => return help(),
                    other => return Err(other.unexpected().into()),
                }
            }
            serve::serve(port)
        }
        "test" => {
            let mut selection = test::Selection::default();
            let mut list = false;
            while let Some(argument) = arguments.next()? {
                match argument {
                    Long("engine") => selection.engines.push(arguments.value()?.string()?.parse()?),
                    Long("list") => list = true,
                    Short('h') | Long("help") => return help(),
                    Value(word) => selection.words.push(word.string()?),
                    other => return Err(other.unexpected().into()),
                }
            }
            if list {
                test::list(&selection)
            } else {
                test::test(&selection)
            }
        }
        "bench" => {
            let mut options = bench::Options::default();
            while let Some(argument) = arguments.next()? {
                match argument {
                    Long("rounds") => {
                        options.rounds = arguments.value()?.parse().context("--rounds wants a number")?;
                    }
                    Long("write") => options.write = true,
                    Long("hold") => options.hold = true,
                    Short('h') | Long("help") => return help(),
                    other => return Err(other.unexpected().into()),
                }
            }
            bench::bench(options)
        }
        "build" | "size" => {
            match arguments.next()? {
                None => {}
                Some(Short('h') | Long("help")) => return help(),
                Some(argument) => return Err(argument.unexpected().into()),
            }
            if command == "build" {
                build::build()
            } else {
                size::size()
            }
        }
        "help" => help(),
        other => bail!("there is no command `{other}`\n\n{HELP}"),
    }
}
