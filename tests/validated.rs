//! Does a program that speaks of errors as the validator crate does hear what the report says, and nothing else?

#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;

use ncrs_form_check::answers::Answers;
use ncrs_form_check::finding::Param;
use ncrs_form_check::{Context, Form, Options, check};
use serde_json::Value;
use validator::{ValidateArgs, ValidationErrors, ValidationErrorsKind};

/// Every error as rule, question, message and params, sorted.
fn flat(errors: &ValidationErrors, before: &str, told: &mut Vec<(String, String, String, String)>) {
    for (name, kind) in errors.errors() {
        let name = format!("{before}{name}");
        match kind {
            ValidationErrorsKind::Field(list) => {
                for error in list {
                    let mut params: Vec<String> = error
                        .params
                        .iter()
                        .map(|(name, value)| format!("{name}={value}"))
                        .collect();
                    params.sort();
                    let message = error.message.clone().unwrap_or_default().into_owned();
                    told.push((name.clone(), error.code.to_string(), message, params.join(" ")));
                }
            }
            ValidationErrorsKind::List(rows) => {
                for (index, row) in rows {
                    flat(row, &format!("{name}[{index}]."), told);
                }
            }
            ValidationErrorsKind::Struct(_) => panic!("{name}: no question holds another"),
        }
    }
}

fn submissions() -> Vec<(String, Answers)> {
    let mut read = Vec::new();
    for entry in fs::read_dir("tests/submissions").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let case: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let form = case["form"].as_str().unwrap_or("ncrs-onboarding").to_owned();
            read.push((form, serde_json::from_value(case["submission"].clone()).unwrap()));
        }
    }
    read
}

#[test]
fn every_worked_form_says_the_same_as_errors_and_as_a_report() {
    let context = Context::new("2026-11-22".parse().unwrap());
    let (mut findings, mut rows) = (0, 0);
    for (form, answers) in submissions() {
        let form: Form = form.parse().unwrap();
        let report = check(form, &answers, &context).unwrap();
        let mut expected: Vec<_> = report
            .findings
            .iter()
            .map(|finding| {
                let value = |param: &Param| serde_json::to_string(param).unwrap();
                let params: Vec<String> = finding
                    .params
                    .0
                    .iter()
                    .map(|(name, param)| format!("{name}={}", value(param)))
                    .collect();
                (
                    finding.question.clone(),
                    finding.rule.to_owned(),
                    finding.message.clone(),
                    params.join(" "),
                )
            })
            .collect();
        let mut told = Vec::new();
        if let Err(errors) = answers.validate_with_args((form, &context)) {
            flat(&errors, "", &mut told);
        }
        expected.sort();
        told.sort();
        assert_eq!(told, expected);
        findings += told.len();
        rows += told.iter().filter(|(question, ..)| question.contains('[')).count();
    }
    assert!(findings > 20 && rows > 0, "{findings} findings, {rows} of them in rows");
}

#[test]
fn what_a_host_gets_wrong_is_an_error_of_the_whole() {
    let options = Options {
        today: "2026-11-22".to_owned(),
        only: Some(vec!["pds.use_case".to_owned()]),
        ..Options::default()
    };
    let context = Context::from_options(&options).unwrap();
    let errors = Answers::default()
        .validate_with_args((Form::OdsCode, &context))
        .unwrap_err();
    let fault = &errors.field_errors()["__all__"][0];
    assert_eq!(fault.code, "fault");
    assert!(fault.message.as_deref().unwrap().contains("options.only"));
}
