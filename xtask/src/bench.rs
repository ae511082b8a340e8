//! How long does a check take, and does it grow no faster than the form?
//!
//! Measured by `tests/bench/bench.mjs` in Node, Chromium and Firefox. No part of the tests: times are of one machine on one day.

use std::time::Duration;

use anyhow::Context as _;

use crate::build;
use crate::program::{Program, Screen};
use crate::repository;
use crate::run::{self, Step};
use crate::tools::{self, Cargo, Engine};

/// `cargo xtask bench`
pub fn bench() -> anyhow::Result<bool> {
    let mut steps = build::steps();
    steps.push(tools::browsers(&[Engine::Chromium, Engine::Firefox]));
    steps.push(Cargo::Geckodriver.step());
    let bench = Step::chore("bench", "how long checks take, in each host", measure);
    steps.push(bench.needs(["build", "install-browsers"]));
    Ok(run::run(steps, "cargo xtask bench"))
}

fn measure(screen: &Screen) -> anyhow::Result<()> {
    let mut program = Program::new("node")
        .arguments([repository::tests().join("bench/bench.mjs")])
        .limit(Duration::from_secs(15 * 60));
    for engine in [Engine::Chromium, Engine::Firefox] {
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
