//! Does every rule of the DSPT fire, and stay silent a hair away? The rows are in `edges.toml`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::declared::Declared;

static EDGES: LazyLock<toml::Table> = LazyLock::new(|| {
    std::fs::read_to_string("tests/dspt/edges.toml")
        .unwrap()
        .parse()
        .unwrap()
});

/// The declaration without a mistake: its day and its answers.
pub(crate) fn good() -> (String, Vec<(String, String)>) {
    let mut answers = texts(&EDGES["good"]);
    let today = answers.iter().position(|(name, _)| name == "today").unwrap();
    (answers.remove(today).1, answers)
}

fn texts(table: &toml::Value) -> Vec<(String, String)> {
    let table = table.as_table().unwrap();
    table
        .iter()
        .map(|(name, text)| (name.clone(), text.as_str().unwrap().to_owned()))
        .collect()
}

fn changed(edge: &toml::Value, changes: &str) -> Declared {
    let mut declared = Declared::good();
    if let Some(form) = edge.get("form") {
        declared = declared.in_form(form.as_str().unwrap().parse().unwrap());
    }
    for (name, text) in texts(&edge[changes]) {
        declared = match (name.as_str(), name.rsplit_once('.')) {
            ("today", _) => declared.on(&text),
            ("policy", _) => declared.policy(&text),
            (_, Some((question, "day"))) => declared.with_parts(question, [&text, "", ""]),
            (_, Some((question, "month"))) => declared.with_parts(question, ["", &text, ""]),
            (_, Some((question, "year"))) => declared.with_parts(question, ["", "", &text]),
            _ => declared.with(&name, &text),
        };
    }
    declared
}

/// The ids of the rules that are in use, from the table that the code was built from.
fn current() -> BTreeSet<String> {
    let table: toml::Table = std::fs::read_to_string("src/tables/rules/dspt.toml")
        .unwrap()
        .parse()
        .unwrap();
    let rules = table["rule"].as_array().unwrap();
    let current = rules.iter().filter(|rule| rule.get("until").is_none());
    current.map(|rule| rule["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_rule_fires_and_comes_within_a_hair_of_firing() {
    let mut shown = BTreeSet::new();
    let mut wrong = Vec::new();
    for edge in EDGES["edge"].as_array().unwrap() {
        let rule = edge["rule"].as_str().unwrap();
        let why = edge["why"].as_str().unwrap();
        let (fires, silent) = (changed(edge, "fires").rules(), changed(edge, "silent").rules());
        if !fires.contains(&rule) {
            wrong.push(format!("{rule} does not fire: {why}: found {fires:?}"));
        }
        if silent.contains(&rule) {
            wrong.push(format!("{rule} is not silent: {why}: found {silent:?}"));
        }
        shown.insert(rule.to_owned());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(shown, current());
    assert_eq!(shown.len(), 57);
}
