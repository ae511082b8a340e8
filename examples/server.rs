//! How does a server in Rust check again what a page sent, with the rules of the page?
//!
//! It answers a posted form: 303 to the next page when nothing is to mend, else 422 with JSON that `FormCheck.showErrors` takes.
//! Answers are read, judged and forgotten: nothing here stores or logs one. `cargo run --example server` starts it; with another
//! framework only [`to_mend`] stays.

use std::error::Error;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::map_response;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use ncrs_form_check::answers::Answers;
use ncrs_form_check::finding::Severity;
use ncrs_form_check::{Context, Fault, Form, Options, Outcome, check};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower_http::timeout::TimeoutLayer;

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
const MOST_BYTES: usize = 512 * 1024;

/// Nobody needs longer to send so much.
const LONGEST: Duration = Duration::from_secs(30);

/// The form at an address of a service, and how the service knows which day it is.
pub struct Posted {
    /// Which form it is.
    pub form: Form,
    /// The date in the UK.
    pub today: fn() -> Option<String>,
}

/// A service that checks the form. Its limits stand between it and whoever sends without end.
pub fn router(posted: Posted) -> Router {
    Router::new()
        .route("/", post(answer))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, LONGEST))
        .layer(map_response(guarded))
        .with_state(Arc::new(posted))
}

/// The answer to one post. What went wrong may quote what was sent, so it is neither shown nor logged.
async fn answer(State(posted): State<Arc<Posted>>, headers: HeaderMap, body: Bytes) -> Response {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .map_or("", |kind| kind.to_str().unwrap_or_default());
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let Some(page) = (posted.today)().and_then(|today| page(&today).ok()) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match to_mend(&body, posted.form, &page) {
        Ok((Outcome::Stop, findings)) if findings.is_empty() => next("/another-way"),
        Ok((_, findings)) if findings.is_empty() => next("/sent"),
        Ok((_, findings)) => {
            let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
            let text = json!({ "findings": findings }).to_string();
            (StatusCode::UNPROCESSABLE_ENTITY, kind, text).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn next(address: &'static str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

async fn guarded(response: Response) -> Response {
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, response).into_response()
}

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:8082").await?;
        writeln!(std::io::stdout(), "http://{}", listener.local_addr()?)?;
        let posted = Posted {
            form: Form::PdsAccess,
            today: || london_today().ok(),
        };
        axum::serve(listener, router(posted)).await?;
        Ok(())
    })
}
