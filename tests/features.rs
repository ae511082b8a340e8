//! What does a build say that leaves something out? Only what it can: the rest is a fault, and nothing is passed over.
//!
//! `cargo test --no-default-features --lib --test features`. With the default features there is nothing here to run; that both builds find
//! the same is asked of what ships, in `tests/standard.node.test.mjs`.

#![cfg(not(any(target_arch = "wasm32", feature = "host", feature = "objects")))]
#![allow(missing_docs, clippy::unwrap_used)]

use ncrs_form_check::answers::Answers;
use ncrs_form_check::{Context, Form, Options, Outcome, check};

const TODAY: &str = "2026-11-22";

fn options(more: &str) -> Options {
    serde_json::from_str(&format!(r#"{{ "today": "{TODAY}"{more} }}"#)).unwrap()
}

#[test]
fn what_a_host_says_of_its_own_is_a_fault_that_names_it() {
    for (name, said) in [
        ("calendar", "[]"),
        ("policies", r#"[{ "policy": "own" }], "policy": "own""#),
        ("lists", "[]"),
        ("messages", r#"{ "ORG-001": "Enter a name" }"#),
        ("profile", r#"{ "drop": ["organisation.name"] }"#),
        ("fields", r#"{ "beds": { "kind": "whole-number" } }"#),
    ] {
        let fault = Context::from_options(&options(&format!(r#", "{name}": {said}"#))).unwrap_err();
        assert_eq!(
            fault.to_string(),
            format!(
                "ncrs-form-check: options: expected nothing of the host's own, as the feature host is off, found \"{name}\""
            )
        );
    }
}

#[test]
fn what_is_ours_can_still_be_chosen() {
    let said = r#", "policy": "nhsmail_social_care", "language": "cy", "suggestions": true, "asked": ["organisation.ods_code"], "only": ["organisation.ods_code"]"#;
    let context = Context::from_options(&options(said)).unwrap();
    let answers = Answers::from_pairs([("organisation.ods_code", "A81OO1")]);
    let report = check(Form::PdsAccess, &answers, &context).unwrap();
    assert_eq!((report.outcome, report.language), (Outcome::Accept, "cy"));
    assert_eq!(report.findings[0].suggestion.as_deref(), Some("A81001"));
}

#[test]
fn answers_that_came_as_an_object_are_a_fault_and_pairs_are_read() {
    let context = Context::new(TODAY.parse().unwrap());
    let nested: Answers = serde_json::from_str(r#"{ "organisation": { "ods_code": "A81001" } }"#).unwrap();
    let fault = check(Form::OdsCode, &nested, &context).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "ncrs-form-check: answers: expected pairs, as the feature objects is off, found an object"
    );
    // What has no text is listed, and the rest is judged.
    let pairs: Answers = serde_json::from_str(r#"[["organisation.ods_code", "A81001"], ["x", {}]]"#).unwrap();
    let report = check(Form::OdsCode, &pairs, &context).unwrap();
    assert_eq!(
        (report.outcome, report.unknown),
        (Outcome::Accept, vec!["x".to_owned()])
    );
}
