//! How does a person see the host pages on their own machine?

use crate::program::Program;
use crate::{build, run};

/// `cargo xtask serve`: builds, then serves until it is stopped. The server is the one that the browser tests ask.
pub fn serve(port: u16) -> anyhow::Result<bool> {
    let mut steps = build::steps();
    steps.push(build::host_step());
    if !run::run(steps, "cargo xtask") {
        return Ok(false);
    }
    Program::new("cargo")
        .arguments(["run", "--quiet", "--package", "host", "--"])
        .arguments(["--port", &port.to_string()])
        .become_it()
}
