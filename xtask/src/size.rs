//! What does a page download, and is it within the budget?
//!
//! Measured by `tests/package/size.mjs`, which also holds the budget: Node has the compressors that servers use, and the tests ask the same file.

use crate::build;
use crate::program::{Program, Screen};
use crate::repository;
use crate::run::{self, Step};

/// `cargo xtask size`
pub fn size() -> anyhow::Result<bool> {
    let mut steps = build::steps();
    steps.push(step());
    Ok(run::run(steps, "cargo xtask"))
}

pub fn step() -> Step {
    Step::chore("size", "what a page downloads is held against the budget", print).needs(["build"])
}

fn print(screen: &Screen) -> anyhow::Result<()> {
    let table = screen.run(Program::new("node").arguments([repository::tests().join("package/size.mjs")]))?;
    if !screen.live() {
        for line in table.lines() {
            screen.say(line);
        }
    }
    Ok(())
}
