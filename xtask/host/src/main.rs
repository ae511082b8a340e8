//! How does a person see the example pages, with a server that checks again what they send?
//!
//! `cargo xtask serve` starts it. It listens on this machine only, keeps nothing and writes no answer anywhere.

mod conditions;
mod examples;
mod filled;
mod layout;
mod page;
mod questions;
mod serve;
mod served;
mod told;

use std::io::Write as _;
use std::net::Ipv4Addr;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use lexopt::prelude::*;
use ncrs_form_check::date::Date;
use tokio::net::TcpListener;

use crate::serve::{Service, Today};

const HELP: &str = "\
host [--port 8080] [--today 2026-11-22] [--without-scripts | --without-wasm]

--port             0 takes any free port
--today            the day the checks stand on, instead of this one
--without-scripts  sends a policy that forbids scripts, to see the pages as people without them do
--without-wasm     sends a policy that forbids WebAssembly
";

fn main() -> anyhow::Result<()> {
    let mut port: u16 = 8080;
    let mut today = Today::Clock;
    let mut scripts = "'self' 'wasm-unsafe-eval'";
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("port") => {
                port = arguments
                    .value()?
                    .parse()
                    .context("--port wants a number from 0 to 65535")?
            }
            Long("today") => {
                let text = arguments.value()?.string()?;
                match text.parse::<Date>() {
                    Ok(day) => today = Today::Fixed(day.to_string()),
                    Err(_) => bail!("--today wants a day written YYYY-MM-DD, found {text}"),
                }
            }
            Long("without-scripts") => scripts = "'none'",
            Long("without-wasm") => scripts = "'self'",
            Short('h') | Long("help") => {
                std::io::stdout().write_all(HELP.as_bytes())?;
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let service = Arc::new(Service::new(today, scripts)?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .with_context(|| format!("port {port} cannot be had; choose another with --port"))?;
        let address = listener.local_addr()?;
        writeln!(
            std::io::stdout(),
            "The host pages are at http://{address}/ until you press Ctrl+C"
        )?;
        axum::serve(listener, serve::router(service)).await?;
        Ok(())
    })
}
