//! How does a person see the host pages on their own machine?

use crate::program::Program;
use crate::{build, repository, run};

/// `cargo xtask serve`: builds, then serves until it is stopped. The server is the one that the browser tests use.
pub fn serve(port: u16) -> anyhow::Result<bool> {
    if !run::run(build::steps(), "cargo xtask") {
        return Ok(false);
    }
    let server = repository::tests().join("browser/server.mjs");
    Program::new("node")
        .arguments([server])
        .arguments(["--port", &port.to_string()])
        .become_it()
}
