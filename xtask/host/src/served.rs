//! What does the server say to pages that were not made here: one code, and a form with somebody else's names?

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use ncrs_form_check::answers::Answers;
use ncrs_form_check::finding::{Finding, Severity};
use ncrs_form_check::ods::{CodeBox, OdsOptions, Verdict, check_with};
use ncrs_form_check::{Context, Form, Options, check};

use crate::filled::Filled;
use crate::serve::{Broken, Service, is_form, pairs_of};
use crate::told::told_apart;

const NOTHING_FOUND: &str = "We found nothing to correct";

/// The page for one code.
pub(crate) async fn ods(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Broken> {
    if !is_form(&headers) {
        return Ok(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    let filled = Filled::from_pairs(pairs_of(&body));
    let options = OdsOptions {
        code_box: if filled.own("box") == Some("dspt") {
            CodeBox::Dspt
        } else {
            CodeBox::Ods
        },
        organisation_type: filled.own("organisation.type"),
        parent: filled.own("organisation.parent_ods_code"),
        ..OdsOptions::default()
    };
    let code = check_with(filled.own("organisation.ods_code").unwrap_or_default(), &options);
    let kind = match options.code_box {
        CodeBox::Dspt => "a DSPT code",
        CodeBox::Ods => "an ODS code",
    };
    let said = match (&code.verdict, &code.code) {
        (Verdict::Plausible, Some(text)) => format!("{text} looks like {kind}"),
        (Verdict::Unusual, Some(text)) => format!("{text} may be {kind}"),
        (Verdict::Retired, Some(text)) => format!("{text} may be {kind} that is no longer used"),
        _ => NOTHING_FOUND.to_owned(),
    };
    Ok(answer(&service, &code.findings, &said)?)
}

/// Which name of the page is which question, and which of its values are ours: the same as in `www/other-markup.js`.
const OTHER_NAMES: [(&str, &str); 9] = [
    ("practice", "organisation.name"),
    ("code", "organisation.ods_code"),
    ("kind_of_site", "organisation.type"),
    ("pcode", "organisation.postcode"),
    ("who", "contacts.applicant.name"),
    ("mail", "contacts.applicant.email"),
    ("sign_dd", "declaration.date.day"),
    ("sign_mm", "declaration.date.month"),
    ("sign_yy", "declaration.date.year"),
];

const OTHER_KINDS: [(&str, &str); 4] = [
    ("1", "gp_practice"),
    ("2", "community_pharmacy"),
    ("3", "care_home"),
    ("9", "other"),
];

/// What it asks that the rules do not know, and its words for what they name.
const OTHER_OPTIONS: &str = r#"{
    "today": "",
    "fields": { "sites[].ods_code": { "kind": "ods-code", "label": "NHS code of the site" } },
    "messages": {
        "ORG-001": "Enter the practice or home",
        "ORG-002": "Enter the NHS code",
        "ORG-003": "Select the kind of site"
    }
}"#;

/// The page with names of its own.
pub(crate) async fn other_markup(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Broken> {
    if !is_form(&headers) {
        return Ok(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    let pairs = pairs_of(&body);
    let ours = pairs.iter().filter_map(|(name, text)| {
        let (_, question) = OTHER_NAMES.iter().find(|(other, _)| other == name)?;
        let kind = OTHER_KINDS
            .iter()
            .find(|(other, _)| *question == "organisation.type" && other == text);
        Some((*question, kind.map_or(text.as_str(), |(_, value)| *value)))
    });
    let sites = pairs.iter().filter_map(|(name, text)| {
        let row = name.strip_prefix("sites[")?.strip_suffix("][ods]")?;
        Some((format!("sites[{row}].ods_code"), text.as_str()))
    });
    let answers: Vec<(String, &str)> = ours.map(|(name, text)| (name.to_owned(), text)).chain(sites).collect();
    let mut asked: Vec<String> = OTHER_NAMES
        .iter()
        .map(|(_, question)| question.replace(".date.day", ".date"))
        .collect();
    asked.retain(|question| !question.contains(".date."));
    let options = Options {
        today: service.today()?,
        asked: Some(asked),
        ..serde_json::from_str(OTHER_OPTIONS).map_err(|_| Broken)?
    };
    let context = Context::from_options(&options).map_err(|_| Broken)?;
    let mut report = check(Form::PdsAccess, &Answers::from_pairs(answers), &context).map_err(|_| Broken)?;
    told_apart(&mut report.findings, |_, row| format!("Row {row}"));
    Ok(answer(&service, &report.findings, NOTHING_FOUND)?)
}

fn answer(service: &Service, findings: &[Finding], otherwise: &str) -> anyhow::Result<Response> {
    let is_error = |finding: &&Finding| finding.severity == Severity::Error;
    let (errors, others): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(is_error);
    let (status, heading) = if errors.is_empty() {
        (StatusCode::OK, otherwise)
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "There is a problem")
    };
    let page = service.pages().told_page(heading, &errors, &others)?;
    Ok((status, Html(page)).into_response())
}
