//! What does the server answer under each address, and with which headers?

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, RawQuery, Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use ncrs_form_check::finding::Severity;
use tower_http::services::ServeDir;

use crate::filled::Filled;
use crate::page::{Language, PAGES, Page, Pages};
use crate::questions::root;
use crate::{examples, served};

/// Far more than the longest answers to every question.
const LARGEST_POST: usize = 512 * 1024;

/// Which day it is.
pub(crate) enum Today {
    Clock,
    Fixed(String),
}

/// Everything that an answer needs. Nothing in it changes.
pub(crate) struct Service {
    pages: Pages,
    today: Today,
    policy: HeaderValue,
}

impl Service {
    pub(crate) fn new(today: Today, scripts: &str) -> anyhow::Result<Self> {
        let policy = format!(
            "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
             manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
        );
        Ok(Self {
            pages: Pages::read()?,
            today,
            policy: HeaderValue::from_str(&policy)?,
        })
    }

    /// The day in the UK, as pages have it.
    pub(crate) fn today(&self) -> anyhow::Result<String> {
        match &self.today {
            Today::Fixed(day) => Ok(day.clone()),
            Today::Clock => Ok(jiff::Timestamp::now().in_tz("Europe/London")?.date().to_string()),
        }
    }

    pub(crate) fn pages(&self) -> &Pages {
        &self.pages
    }
}

pub(crate) fn router(service: Arc<Service>) -> Router {
    let root = root();
    let mut router = Router::new()
        .nest_service("/pkg", ServeDir::new(root.join("pkg")))
        .route(STYLE_SHEET, get(style_sheet))
        .nest_service(
            "/nhsuk-frontend",
            ServeDir::new(root.join("tests/node_modules/nhsuk-frontend/dist")),
        )
        .route(
            "/ods.html",
            post(served::ods).get_service(ServeDir::new(root.join("www"))),
        )
        .route(
            "/other-markup.html",
            post(served::other_markup).get_service(ServeDir::new(root.join("www"))),
        )
        .fallback_service(ServeDir::new(root.join("www")));
    for page in PAGES {
        router = router.route(page.path, get(opened).post(posted));
    }
    router
        .layer(DefaultBodyLimit::max(LARGEST_POST))
        .layer(from_fn_with_state(Arc::clone(&service), with_headers))
        .with_state(service)
}

const STYLE_SHEET: &str = "/nhsuk-frontend/nhsuk/nhsuk-frontend.min.css";

/// The style sheet of the design system, but for the NHS's own font, which it fetches from another server. Our policy does not
/// allow that, and every browser would say so in its console; the next font of the list is used.
async fn style_sheet() -> Result<Response, Broken> {
    let file = root().join("tests/node_modules/nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css");
    let text = tokio::fs::read_to_string(file).await.map_err(anyhow::Error::from)?;
    Ok((
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        without_fonts(&text),
    )
        .into_response())
}

/// A style sheet without its `@font-face` rules, which hold no other.
fn without_fonts(sheet: &str) -> String {
    let mut pieces = sheet.split("@font-face");
    let mut rest = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        rest.push_str(piece.split_once('}').map_or("", |(_, after)| after));
    }
    rest
}

/// What every answer says to a browser, whatever it holds.
async fn with_headers(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    // What was sent is never kept. An empty form may be: a browser that may not keep it forgets what was typed when a person goes back.
    let keeps = if request.method() == Method::POST {
        "no-store"
    } else {
        "no-cache"
    };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, service.policy.clone());
    for (name, value) in [
        (header::CACHE_CONTROL, keeps),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// An error here is a fault of ours: the person is told so, and nothing of it is shown.
pub(crate) struct Broken;

impl From<anyhow::Error> for Broken {
    fn from(_: anyhow::Error) -> Self {
        Self
    }
}

impl IntoResponse for Broken {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here").into_response()
    }
}

fn page_at(uri: &Uri) -> Option<Page> {
    PAGES.into_iter().find(|page| page.path == uri.path())
}

/// The form, empty or with an example.
async fn opened(State(service): State<Arc<Service>>, uri: Uri, RawQuery(query): RawQuery) -> Result<Response, Broken> {
    let Some(page) = page_at(&uri) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let asked = Filled::from_pairs(pairs_of(query.unwrap_or_default().as_bytes()));
    let language = Language::named(asked.own("language"));
    let filled = match asked.own("example").filter(|_| !page.examples.is_empty()) {
        Some(name) => examples::filled(name, service.pages.questions(&page))?,
        None => None,
    };
    let today = service.today()?;
    let html = service
        .pages
        .form(&page, &filled.unwrap_or_default(), None, Some(&today), &today, language)?;
    Ok(Html(html).into_response())
}

/// The form as it was sent: with what must be mended, accepted, or as a button of the page wants it.
async fn posted(
    State(service): State<Arc<Service>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Broken> {
    let Some(page) = page_at(&uri) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    if !is_form(&headers) {
        return Ok(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    let mut filled = Filled::from_pairs(pairs_of(&body));
    let today = service.today()?;
    let wish = filled.own("page.do").unwrap_or_default().to_owned();
    let language = match wish.as_str() {
        "welsh" => Language::Welsh,
        "english" => Language::English,
        _ => Language::named(filled.own("page.language")),
    };
    let list = wish.strip_prefix("add ").filter(|list| {
        service
            .pages
            .questions(&page)
            .all()
            .any(|question| question.list() == Some(list))
    });
    if let Some(list) = list {
        filled.add_row(list);
    }
    if list.is_some() || matches!(wish.as_str(), "welsh" | "english" | "again") {
        let html = service
            .pages
            .form(&page, &filled, None, Some(&today), &today, language)?;
        return Ok(Html(html).into_response());
    }
    let report = service.pages.report(&page, &filled, &today, language)?;
    if wish == "report" {
        let headers = [
            (header::CONTENT_TYPE, "application/json"),
            (
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"ncrs-form-check-report.json\"",
            ),
        ];
        let json = serde_json::to_string_pretty(&report).map_err(|_| Broken)?;
        return Ok((headers, json).into_response());
    }
    if report
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
    {
        let html = service
            .pages
            .form(&page, &filled, Some(&report), Some(&today), &today, language)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
    }
    Ok(Html(service.pages.sent(&page, &filled, &report, language)?).into_response())
}

pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    kind.split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

pub(crate) fn pairs_of(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_loses_its_fonts_and_nothing_else() {
        let sheet = "a{b:c}@font-face{font-family:F;src:url(https://example.org/f.woff2)}@font-face{src:url(x)}d{e:f}@media x{g{h:i}}";
        assert_eq!(without_fonts(sheet), "a{b:c}d{e:f}@media x{g{h:i}}");
        assert_eq!(without_fonts("a{b:c}"), "a{b:c}");
        assert_eq!(without_fonts(""), "");
    }
}
