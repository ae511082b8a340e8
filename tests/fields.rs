//! What is said of fields that a page asks besides ours, and of what it adds to ours? Onboarding.md 10.

#![cfg(not(target_arch = "wasm32"))]
// A test that cannot go on should stop, whichever function it stands in.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use ncrs_form_check::answers::Answers;
use ncrs_form_check::{Context, Fault, Form, Options, Report, check};
use serde_json::{Value, json};

const TODAY: &str = "2026-11-22";

fn options(mut more: Value) -> Options {
    more["today"] = json!(TODAY);
    serde_json::from_value(more).unwrap()
}

fn tried(form: Form, more: Value, answers: Value) -> Result<Report, Fault> {
    let context = Context::from_options(&options(more))?;
    check(form, &serde_json::from_value::<Answers>(answers).unwrap(), &context)
}

/// A report on the smallest form, whose only question is answered.
fn of(fields: Value, answers: Value) -> Report {
    with(json!({ "fields": fields }), answers)
}

fn with(more: Value, mut answers: Value) -> Report {
    match &mut answers {
        Value::Array(pairs) => pairs.push(json!(["organisation.ods_code", "A81001"])),
        nested => nested["organisation"] = json!({ "ods_code": "A81001" }),
    }
    tried(Form::OdsCode, more, answers).unwrap()
}

fn said(report: &Report) -> Vec<String> {
    let findings = report.findings.iter();
    findings.map(|finding| format!("{} {}", finding.rule, finding.question)).collect()
}

fn words(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.message.as_str()).collect()
}

#[test]
fn a_field_is_asked_also_when_no_answer_came_and_its_name_is_known() {
    let fields = json!({ "site_manager": { "kind": "text", "required": true }, "colour": { "kind": "choice", "required": true } });
    let report = of(fields.clone(), json!([]));
    assert_eq!(said(&report), ["ANS-001 site_manager", "ANS-016 colour"]);
    assert_eq!(words(&report), ["Enter site manager", "Select colour"]);
    let report = of(fields, json!([["colour", "red"], ["site_manager", "A"], ["other", "x"]]));
    assert_eq!(said(&report), [""; 0]);
    assert_eq!(report.unknown, ["other"]);
}

#[test]
fn rows_are_there_where_an_answer_came_and_all_of_one_row_comes_before_the_next() {
    let fields = json!({
        "sites[].name": { "kind": "text", "required": true },
        "sites[].ods_code": { "kind": "ods-code", "required": true, "label": "ODS code of the site" },
        "sites[2].ods_code": { "kind": "ods-code" },
        "last": { "kind": "text", "required": true },
    });
    let report = of(fields, json!([["sites[7].name", ""], ["sites[2].name", ""], ["sites[0].ods_code", "LS14 6UH"]]));
    assert_eq!(
        said(&report),
        [
            "ANS-001 sites[0].name",
            "ODS-015 sites[0].ods_code",
            "ANS-001 sites[2].name",
            "ANS-001 sites[7].name",
            "ANS-001 sites[7].ods_code",
            "ANS-001 last"
        ]
    );
    assert_eq!(words(&report)[4], "Enter ODS code of the site");
}

#[test]
fn a_field_waits_for_another() {
    let fields = json!({
        "has_sites": { "kind": "yes-no" },
        "sites[].kind": { "kind": "choice", "when": { "field": "has_sites", "is": "Yes" } },
        "sites[].date": { "kind": "date", "required": true, "when": { "field": "sites[].kind", "is": ["new site", "moved"] }, "mustBe": "past" },
    });
    let answers = |has: &str, kind: &str| {
        of(
            fields.clone(),
            json!([["has_sites", has], ["sites[0].kind", kind], ["sites[1].kind", "new-site"], ["sites[1].date.day", "22"], ["sites[1].date.month", "11"], ["sites[1].date.year", "2026"]]),
        )
    };
    assert_eq!(said(&answers("y", "Moved")), ["ANS-001 sites[0].date", "ANS-005 sites[1].date"]);
    assert_eq!(said(&answers("y", "old")), ["ANS-005 sites[1].date"]);
    assert_eq!(said(&answers("no", "moved")), [""; 0]);
}

/// What is said of one question in the whole form, in which little else is answered.
fn said_of(question: &str, fields: Value, answers: Value) -> Vec<String> {
    let report = tried(Form::NcrsOnboarding, json!({ "fields": fields, "only": [question] }), answers).unwrap();
    report.findings.iter().map(|finding| format!("{} {}", finding.rule, finding.message)).collect()
}

#[test]
fn what_the_host_says_of_a_question_of_ours_overrides_or_tightens_the_table() {
    assert_eq!(said_of("organisation.telephone", json!({}), json!([])), [""; 0]);
    let required = json!({ "organisation.telephone": { "required": true, "label": "Main phone" } });
    assert_eq!(said_of("organisation.telephone", required, json!([])), ["ANS-001 Enter main phone"]);
    let optional = json!({ "organisation.name": { "required": false } });
    assert_eq!(said_of("organisation.name", optional, json!([])), [""; 0]);
    let short = json!({ "organisation.name": { "maxCharacters": 3 } });
    let answers = json!([["organisation.name", "Four"]]);
    assert_eq!(
        said_of("organisation.name", short, answers),
        ["ANS-002 Organisation name must be 3 characters or fewer"]
    );
    let past = json!({ "declaration.date": { "mustBe": "past" } });
    assert_eq!(
        said_of("declaration.date", past.clone(), json!([["declaration.date", TODAY]])),
        ["ANS-005 Date of this declaration must be in the past"]
    );
    assert_eq!(
        said_of("declaration.date", past, json!([["declaration.date", "2026-11-23"]])),
        ["DEC-007 Date of this declaration must be today or in the past"],
        "another error says it"
    );
    let closed = json!({ "organisation.name": { "when": { "field": "journey.applicant_type", "is": "system_supplier" } } });
    assert_eq!(said_of("organisation.name", closed.clone(), json!([])), [""; 0]);
    assert_eq!(
        said_of("organisation.name", closed, json!([["journey.applicant_type", "System supplier"]])).len(),
        1
    );
}
