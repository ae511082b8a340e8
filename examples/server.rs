//! How does a server in Rust check again what a page sent, with the rules of the page?
//!
//! It answers a posted form: 303 to the next page when nothing is to mend, else 422 with JSON that `FormCheck.showErrors` takes.
//! Answers are read, judged and forgotten: nothing here stores or logs one. `cargo run --example server` starts it; with another
//! framework only [`to_mend`] stays.

use std::error::Error;
use std::io::{Cursor, Read as _, Write as _};
use std::thread;

use ncrs_form_check::answers::Answers;
use ncrs_form_check::finding::Severity;
use ncrs_form_check::{Context, Fault, Form, Options, Outcome, check};
use serde_json::{Value, json};
use tiny_http::{Header, Method, Request, Response, Server};

/// What the page is. `asked` names the questions it has, so that the server judges what the page judged; all of the form when left out.
pub fn page(today: &str) -> serde_json::Result<Options> {
    serde_json::from_value(json!({
        "today": today,
        // A browser also sends what is left in a closed reveal. That is nobody's mistake: leave it out of what you keep.
        "profile": { "rules": { "PDS-025": "off", "LEG-014": "off" } }
    }))
}

/// What is to mend in a form as it was posted.
pub fn to_mend(body: &[u8], form: Form, page: &Options) -> Result<(Outcome, Vec<Value>), Fault> {
    let answers = Answers::from_pairs(form_urlencoded::parse(body));
    let report = check(form, &answers, &Context::from_options(page)?)?;
    let errors = report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    let findings =
        errors.map(|finding| json!({ "question": finding.question, "message": finding.message, "rule": finding.rule }));
    Ok((report.outcome, findings.collect()))
}

/// The date in the UK, as the page has it. A container's own clock is often an hour behind in summer.
pub fn london_today() -> Result<String, jiff::Error> {
    Ok(jiff::Timestamp::now().in_tz("Europe/London")?.date().to_string())
}

/// The longest application that makes sense, percent-encoded, is far smaller.
const MOST_BYTES: u64 = 512 * 1024;

/// The answer to one request. What went wrong may quote what was sent, so it is neither shown nor logged.
pub fn answer(request: &mut Request, form: Form, page: &Options) -> Response<Cursor<Vec<u8>>> {
    if *request.method() != Method::Post {
        return with(empty(405), "Allow", "POST");
    }
    let header = |name: &'static str| request.headers().iter().find(|header| header.field.equiv(name));
    let kind = header("Content-Type").map_or("", |header| header.value.as_str());
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return empty(415);
    }
    let mut body = Vec::new();
    match request.as_reader().take(MOST_BYTES + 1).read_to_end(&mut body) {
        Ok(size) if size as u64 > MOST_BYTES => return empty(413),
        Ok(_) => {}
        Err(_) => return empty(400),
    }
    match to_mend(&body, form, page) {
        Ok((Outcome::Stop, findings)) if findings.is_empty() => with(empty(303), "Location", "/another-way"),
        Ok((_, findings)) if findings.is_empty() => with(empty(303), "Location", "/sent"),
        Ok((_, findings)) => {
            let text = json!({ "findings": findings }).to_string();
            let response = Response::from_string(text).with_status_code(422);
            guarded(with(response, "Content-Type", "application/json; charset=utf-8"))
        }
        Err(_) => empty(500),
    }
}

fn empty(status: u16) -> Response<Cursor<Vec<u8>>> {
    guarded(Response::from_data(Vec::new()).with_status_code(status))
}

fn guarded(response: Response<Cursor<Vec<u8>>>) -> Response<Cursor<Vec<u8>>> {
    let response = with(response, "Cache-Control", "no-store");
    with(response, "X-Content-Type-Options", "nosniff")
}

fn with(response: Response<Cursor<Vec<u8>>>, name: &str, value: &str) -> Response<Cursor<Vec<u8>>> {
    match Header::from_bytes(name, value) {
        Ok(header) => response.with_header(header),
        Err(()) => response,
    }
}

/// Answers requests until the server is told to stop.
pub fn serve(server: &Server, form: Form, today: impl Fn() -> Option<String> + Sync) {
    // One slow sender holds up one of these, not everybody.
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Ok(mut request) = server.recv() {
                    let page = today().and_then(|today| page(&today).ok());
                    let response = page.map_or_else(|| empty(500), |page| answer(&mut request, form, &page));
                    // Whoever asked may have gone.
                    drop(request.respond(response));
                }
            });
        }
    });
}

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let server = Server::http("127.0.0.1:8082")?;
    writeln!(std::io::stdout(), "http://{}", server.server_addr())?;
    serve(&server, Form::PdsAccess, || london_today().ok());
    Ok(())
}
