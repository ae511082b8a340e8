//! Every rule, once fired and once missed by a hair. The cases are rows, for people who know no Rust.
//!
//! A case of `tests/rules/*.toml` starts from an application in `bases.toml` and changes a few of its `answers`; an empty
//! text takes one away. Then `rule` fires on `question`, and `beside` it only the rules that are named. Each line of
//! `not_when` changes one answer more (or takes it away), and the rule no longer fires there. The day is 22
//! November 2026 unless `options` say another.

#![cfg(not(target_arch = "wasm32"))]
// A test that cannot go on should stop, whichever function it stands in.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use ncrs_form_check::answers::Answers;
use ncrs_form_check::{Context, Life, Options, Report, RuleInfo, check, rules};
use serde::Deserialize;

const TODAY: &str = "2026-11-22";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    rule: String,
    /// Where the finding stands, with the index of its row.
    question: String,
    /// One form only; without it, every form of the rule.
    form: Option<String>,
    #[serde(default = "end_user")]
    base: String,
    #[serde(default)]
    options: Option<Options>,
    answers: BTreeMap<String, Answer>,
    not_when: Vec<BTreeMap<String, Answer>>,
    #[serde(default)]
    beside: Vec<String>,
    parts: Option<Vec<String>>,
    params: Option<BTreeMap<String, toml::Value>>,
    /// The words, where a rule has several.
    message: Option<String>,
}

fn end_user() -> String {
    "end_user".to_owned()
}

/// What is typed or chosen.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Answer {
    Text(String),
    List(Vec<String>),
    Repeated { repeat: String, times: usize },
}

type Given = BTreeMap<String, Answer>;

fn read<T: serde::de::DeserializeOwned>(path: &str) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every case, with the file and the number by which a message names it.
fn cases() -> Vec<(String, Case)> {
    let mut paths: Vec<_> = fs::read_dir("tests/rules")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".toml") && name != "bases.toml")
        .collect();
    paths.sort();
    paths
        .iter()
        .flat_map(|name| {
            let cases: Cases = read(&format!("tests/rules/{name}"));
            (0..)
                .zip(cases.case)
                .map(move |(number, case): (usize, _)| (format!("{name}:{number} {}", case.rule), case))
        })
        .collect()
}

fn report(form: &str, case: &Case, given: &Given) -> Report {
    let pairs = given.iter().flat_map(|(name, answer)| match answer {
        Answer::Text(text) => vec![(name.clone(), text.clone())],
        Answer::List(items) => items.iter().map(|item| (name.clone(), item.clone())).collect(),
        Answer::Repeated { repeat, times } => vec![(name.clone(), repeat.repeat(*times))],
    });
    check(form.parse().unwrap(), &Answers::from_pairs(pairs), &context(case)).unwrap()
}

fn context(case: &Case) -> Context {
    let mut options = case.options.clone().unwrap_or_default();
    if options.today.is_empty() {
        options.today = TODAY.to_owned();
    }
    Context::from_options(&options).unwrap()
}

fn told(report: &Report) -> Vec<(&'static str, &str)> {
    report
        .findings
        .iter()
        .map(|finding| (finding.rule, finding.question.as_str()))
        .collect()
}

#[test]
fn every_case_fires_its_rule_and_one_answer_away_it_does_not() {
    let bases: BTreeMap<String, Given> = read("tests/rules/bases.toml");
    let known: BTreeMap<&str, RuleInfo> = rules().into_iter().map(|rule| (rule.id, rule)).collect();
    let mut wrong = Vec::new();
    for (name, case) in cases() {
        let rule = known
            .get(case.rule.as_str())
            .unwrap_or_else(|| panic!("{name}: there is no such rule"));
        let mut given = bases[&case.base].clone();
        given.extend(case.answers.clone());
        let forms: Vec<&str> = match &case.form {
            Some(form) => vec![form],
            None if rule.question == ["*"] => vec!["ncrs-onboarding"],
            None => rule.forms.clone(),
        };
        // A rule of one question is then silent in every row; one of several may speak of another.
        let alone = rule.question.len() == 1 && rule.question != ["*"];
        let here = |told: &[(&str, &str)]| {
            told.iter()
                .any(|(id, question)| *id == case.rule && (alone || *question == case.question))
        };
        for (number, form) in forms.iter().enumerate() {
            if !asks(form, &case) {
                continue;
            }
            let fired = report(form, &case, &given);
            let Some(finding) = fired
                .findings
                .iter()
                .find(|finding| finding.rule == case.rule && finding.question == case.question)
            else {
                wrong.push(format!("{name} does not fire in {form}, which says {:?}", told(&fired)));
                continue;
            };
            if number == 0 {
                let beside: Vec<&str> = fired
                    .findings
                    .iter()
                    .filter(|other| !std::ptr::eq(*other, finding))
                    .map(|other| other.rule)
                    .collect();
                if beside != case.beside {
                    wrong.push(format!(
                        "{name} beside it: expected {:?}, found {beside:?}",
                        case.beside
                    ));
                }
            }
            let json = serde_json::to_value(finding).unwrap();
            if let Some(parts) = &case.parts {
                assert_eq!(json["parts"], serde_json::to_value(parts).unwrap(), "{name}");
            }
            if let Some(params) = &case.params {
                assert_eq!(json["params"], serde_json::to_value(params).unwrap(), "{name}");
            }
            if let Some(message) = &case.message {
                assert_eq!(&finding.message, message, "{name}");
            }
            assert!(!case.not_when.is_empty(), "{name} is missed by nothing");
            for change in &case.not_when {
                assert_eq!(change.len(), 1, "{name}: one answer away is one answer");
                let mut near = given.clone();
                near.extend(change.clone());
                if here(&told(&report(form, &case, &near))) {
                    let change: Vec<&String> = change.keys().collect();
                    wrong.push(format!("{name} still fires in {form} after a change of {change:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

/// True when the form has the question, or the case a field of that name: then it is not among the unknown names.
fn asks(form: &str, case: &Case) -> bool {
    let answers = Answers::from_pairs([(case.question.as_str(), "x")]);
    check(form.parse().unwrap(), &answers, &context(case))
        .unwrap()
        .unknown
        .is_empty()
}

/// `ra.users[2].uuid` as `ra.users[].uuid`.
fn of_any_row(question: &str) -> String {
    match question
        .split_once('[')
        .and_then(|(list, rest)| Some((list, rest.split_once(']')?.1)))
    {
        Some((list, rest)) => format!("{list}[]{rest}"),
        None => question.to_owned(),
    }
}

/// The rules that a column of a table of cases names.
fn named_in(path: &str, column: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let at = lines
        .next()
        .unwrap()
        .split('\t')
        .position(|name| name == column)
        .unwrap();
    lines
        .flat_map(|line| line.split('\t').nth(at).unwrap_or_default().split(' '))
        .filter(|id| id.contains('-') && id.len() > 1)
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_current_rule_has_a_case_that_fires_it_on_each_of_its_questions() {
    let mut fired: BTreeSet<(String, String)> = BTreeSet::new();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for (_, case) in cases() {
        fired.insert((case.rule.clone(), of_any_row(&case.question)));
        ids.insert(case.rule);
    }
    // Codes have their own tables of cases, which their own test reads.
    for path in ["tests/ods/cases.tsv", "tests/ods/parent-cases.tsv"] {
        ids.extend(named_in(path, "rules"));
    }
    let mut without = Vec::new();
    for rule in rules() {
        let has = ids.contains(rule.id);
        if rule.status == Life::Retired {
            assert!(!has, "{} cannot fire, but a case says so", rule.id);
            continue;
        }
        if !has {
            without.push(rule.id.to_owned());
        }
        if rule.id.starts_with("ODS-") || rule.question == ["*"] {
            continue;
        }
        for question in &rule.question {
            if !fired.contains(&(rule.id.to_owned(), (*question).to_owned())) {
                without.push(format!("{} on {question}", rule.id));
            }
        }
    }
    assert!(without.is_empty(), "no case fires {}", without.join(", "));
}

#[test]
fn the_application_that_cases_start_from_has_nothing_wrong_with_it() {
    let bases: BTreeMap<String, Given> = read("tests/rules/bases.toml");
    let plain: Case = toml::from_str("rule = \"\"\nquestion = \"\"\nanswers = {}\nnot_when = []").unwrap();
    let report = report("ncrs-onboarding", &plain, &bases["end_user"]);
    assert_eq!(told(&report), []);
    assert_eq!(report.progress.answered, report.progress.needed);
    assert_eq!(report.unknown, [""; 0]);
}
