//! How long does a check take, against the libraries that a team would use instead, and does it grow no faster than the form?
//!
//! Measured by `tests/bench/bench.mjs` in Node, Chromium and Firefox, and the press of a button in WebKitGTK too. No part of the tests: times are of one machine on one day.

use std::num::NonZeroU32;
use std::time::Duration;

use anyhow::Context as _;

use crate::build;
use crate::program::{Program, Screen};
use crate::repository;
use crate::run::{self, Step};
use crate::tools::{self, Cargo, Engine};

/// What may follow `cargo xtask bench`.
pub struct Options {
    /// More rounds take longer and are steadier.
    pub rounds: NonZeroU32,
    /// Keep the tables in `tests/bench/RESULTS.md`.
    pub write: bool,
    /// Fail when a budget is not met.
    pub hold: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            rounds: NonZeroU32::MIN.saturating_add(8),
            write: false,
            hold: false,
        }
    }
}

/// `cargo xtask bench`
pub fn bench(options: Options) -> anyhow::Result<bool> {
    let mut steps = build::steps();
    steps.push(tools::browsers(&Engine::ALL));
    steps.push(Cargo::Geckodriver.step());
    let bench = Step::chore(
        "bench",
        "how long checks take in each host, against other libraries",
        move |screen| measure(screen, &options),
    );
    steps.push(bench.needs(["build", "install-browsers"]));
    Ok(run::run(steps, "cargo xtask bench"))
}

fn measure(screen: &Screen, options: &Options) -> anyhow::Result<()> {
    let mut program = Program::new("node")
        .arguments([repository::tests().join("bench/bench.mjs")])
        .arguments([format!("--rounds={}", options.rounds)])
        .limit(Duration::from_secs(30 * 60));
    for (flag, wanted) in [("--write", options.write), ("--hold", options.hold)] {
        if wanted {
            program = program.arguments([flag]);
        }
    }
    for engine in Engine::ALL {
        for (name, value) in engine.variables().context("the browsers are not there")? {
            program = program.variable(name, value);
        }
    }
    let table = screen.run(program)?;
    if !screen.live() {
        for line in table.lines() {
            screen.say(line);
        }
    }
    Ok(())
}
