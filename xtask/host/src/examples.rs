//! Which answers can a visitor load with one click? Three of the submissions with which the crate is tested.

use std::fs;

use anyhow::Context as _;
use serde_json::Value;

use crate::filled::Filled;
use crate::questions::{FormQuestions, root};

const EXAMPLES: [(&str, &str); 3] = [
    ("good", "dev-02-trust-smartcard-and-windows-hello.json"),
    ("incomplete", "dev-09-care-home-missing-cqc-and-dsa.json"),
    ("contradictory", "dev-12-smartcards-over-internet-without-software.json"),
];

/// The answers of an example, or none if there is no such example.
pub(crate) fn filled(name: &str, questions: &FormQuestions) -> anyhow::Result<Option<Filled>> {
    let Some((_, file)) = EXAMPLES.iter().find(|(known, _)| *known == name) else {
        return Ok(None);
    };
    let text = fs::read_to_string(root().join("tests/submissions").join(file))
        .with_context(|| format!("could not read {file}"))?;
    let example: Value = serde_json::from_str(&text).with_context(|| format!("could not understand {file}"))?;
    Ok(example
        .get("submission")
        .map(|answers| Filled::from_nested(answers, questions)))
}
