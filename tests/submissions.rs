//! Worked submissions: the same findings, sections and progress as the specification says.

#![cfg(not(target_arch = "wasm32"))]
// A test that cannot go on should stop, whichever function it stands in.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;

use ncrs_form_check::answers::Answers;
use ncrs_form_check::{Context, Form, check};
use serde_json::{Map, Value, json};

/// What a report says, in the shape of the `expect` of a submission.
fn told(report: &Value) -> Map<String, Value> {
    let by = |severity: &str| {
        let mut ids: Vec<&str> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["severity"] == severity)
            .map(|finding| finding["rule"].as_str().unwrap())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        json!(ids)
    };
    let findings: Vec<Value> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| json!({ "rule": finding["rule"], "question": finding["question"] }))
        .collect();
    let sections: Map<String, Value> = report["sections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|section| (section["id"].as_str().unwrap().to_owned(), section["status"].clone()))
        .collect();
    let mut told = Map::new();
    told.insert("outcome".to_owned(), report["outcome"].clone());
    told.insert("errors".to_owned(), by("error"));
    told.insert("stops".to_owned(), by("stop"));
    told.insert("warnings".to_owned(), by("warning"));
    told.insert("notes".to_owned(), by("note"));
    told.insert("findings".to_owned(), json!(findings));
    told.insert("sections".to_owned(), Value::Object(sections));
    told.insert("progress".to_owned(), report["progress"].clone());
    if let Some(dspt) = report.get("dspt") {
        told.insert("dspt".to_owned(), dspt.clone());
    }
    told.insert("unknown".to_owned(), report["unknown"].clone());
    told
}

#[test]
fn every_worked_submission_gets_the_findings_sections_and_progress_it_expects() {
    let mut checked = 0;
    let mut wrong = Vec::new();
    for entry in fs::read_dir("tests/submissions").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let case: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let form: Form = case["form"].as_str().unwrap_or("ncrs-onboarding").parse().unwrap();
        let answers: Answers = serde_json::from_value(case["submission"].clone()).unwrap();
        let context = Context::new(case["as_of"].as_str().unwrap().parse().unwrap());
        let report = serde_json::to_value(check(form, &answers, &context).unwrap()).unwrap();
        let told = told(&report);
        for (key, mut expected) in case["expect"].as_object().unwrap().clone() {
            if key == "not_covered" {
                continue;
            }
            if let Some(list) = expected.as_array_mut()
                && matches!(key.as_str(), "errors" | "stops" | "warnings" | "notes")
            {
                list.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
            }
            let found = told.get(&key).cloned().unwrap_or(Value::Null);
            if found != expected {
                wrong.push(format!(
                    "{} {key}:\n  expected {expected}\n  found    {found}",
                    case["id"]
                ));
            }
        }
        assert_eq!(
            case["expect"].get("dspt").is_some(),
            told.contains_key("dspt"),
            "{}",
            case["id"]
        );
        checked += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(checked, 15);
}
