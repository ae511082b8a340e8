//! Can every rule speak? Ids, life, severities, evidence and the words of each message.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::{Header, Places, Problem, Sources, Written, words};

/// The files, in the order in which findings on one question are reported.
pub(crate) const ORDER: &[&str] = &["rules/ods.toml"];

const SEVERITIES: &[&str] = &["error", "stop", "warning", "note"];
pub(super) const BASES: &[&str] = &["documented", "observed", "inferred"];

/// Words that no message holds: they blame, plead or say nothing (NHS content style guide).
const BANNED: &[&str] = &[
    "please",
    "sorry",
    "valid",
    "invalid",
    "oops",
    "forgot",
    "illegal",
    "forbidden",
    "must not be empty",
    "required field",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    table: Header,
    #[serde(default)]
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: Spanned<String>,
    severity: Spanned<String>,
    forms: Vec<String>,
    questions: Vec<String>,
    basis: Spanned<String>,
    #[serde(default)]
    source: String,
    since: Spanned<String>,
    until: Option<Spanned<String>>,
    /// For readers: when the rule speaks.
    when: Spanned<String>,
    #[serde(default)]
    message: Vec<Spanned<Message>>,
}

/// One whole sentence. `box` and `found` choose between several of one rule; the most specific wins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    r#box: Option<String>,
    found: Option<String>,
    en: Spanned<String>,
    cy: Option<Spanned<String>>,
}

pub(super) fn judge(sources: &Sources, written: &mut Written, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut rows = String::new();
    let mut names = String::new();
    let mut count = 0;
    for file in ORDER {
        let table = match sources.table::<Rules>(file) {
            Ok(table) => table,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        table.rows.table.judge(&table.places, problems);
        written.headers.push_str(&table.rows.table.written());
        for rule in &table.rows.rule {
            let id = rule.id.get_ref();
            if let Some(first) = seen.insert(id.clone(), (*file).to_owned()) {
                problems.push(table.places.problem(
                    &rule.id,
                    format!("{id} is there twice, first in {first}"),
                    "an id is a promise: give the new rule a number that was never used",
                ));
            }
            judge_rule(rule, &table.places, problems);
            rows.push_str(&rule_as_rust(rule));
            names.push_str(&format!(
                "    /// {}\n    pub(crate) const {}: RuleId = RuleId({count});\n",
                rule.when.get_ref().replace('\n', " "),
                id.replace('-', "_")
            ));
            count += 1;
        }
    }
    for file in sources.in_folder("rules/") {
        if !ORDER.contains(&file) {
            problems.push(Problem::new(
                file,
                0,
                "the file has no place in the order of rules",
                "name it in ORDER in src/tables/judge/rules.rs",
            ));
        }
    }
    written.rows.push_str(&format!(
        "pub(crate) static RULES: &[RuleRow] = &[\n{rows}];\n\n/// Every rule by its id.\n#[allow(dead_code)]\npub(crate) mod rule {{\n    use super::RuleId;\n{names}}}\n\n"
    ));
}

/// The ids of all rules that can be read.
pub(super) fn ids(sources: &Sources) -> BTreeSet<String> {
    ORDER
        .iter()
        .filter_map(|file| sources.table::<Rules>(file).ok())
        .flat_map(|table| table.rows.rule)
        .map(|rule| rule.id.into_inner())
        .collect()
}

fn judge_rule(rule: &Rule, places: &Places, problems: &mut Vec<Problem>) {
    let id = rule.id.get_ref();
    if !is_rule_id(id) {
        problems.push(places.problem(
            &rule.id,
            format!("\"{id}\" is not a rule id"),
            "write two or three capitals, a hyphen and three numbers, like ODS-010",
        ));
    }
    one_of(&rule.severity, SEVERITIES, "severity", places, problems);
    one_of(&rule.basis, BASES, "basis", places, problems);
    for version in std::iter::once(&rule.since).chain(rule.until.as_ref()) {
        let parts: Vec<&str> = version.get_ref().split('.').collect();
        if parts.len() != 3 || parts.iter().any(|part| part.parse::<u32>().is_err()) {
            problems.push(places.problem(
                version,
                format!("\"{}\" is not a version of this component", version.get_ref()),
                "write it like 0.1.0",
            ));
        }
    }
    if rule.when.get_ref().trim().is_empty() {
        problems.push(places.problem(
            &rule.when,
            format!("{id} does not say when it speaks"),
            "write one line for the reader",
        ));
    }
    if rule.message.is_empty() {
        problems.push(places.problem(
            &rule.id,
            format!("{id} has no message"),
            "add a [[rule.message]] with an English text that says how to put it right",
        ));
    }
    let mut choices = BTreeSet::new();
    for message in &rule.message {
        let row = message.get_ref();
        if !choices.insert((row.r#box.clone(), row.found.clone())) {
            problems.push(places.problem(
                message,
                format!("{id} has two messages for the same box and finding"),
                "keep one of them",
            ));
        }
        if let Some(chosen) = &row.r#box
            && chosen != "dspt"
        {
            problems.push(places.problem(
                message,
                format!("there is no box \"{chosen}\""),
                "leave it out, or write \"dspt\"",
            ));
        }
        let english = placeholders(row.en.get_ref());
        judge_text(id, &row.en, places, problems);
        if let Some(welsh) = &row.cy {
            judge_text(id, welsh, places, problems);
            if placeholders(welsh.get_ref()) != english {
                problems.push(places.problem(
                    welsh,
                    format!("the Welsh text of {id} has other placeholders than the English one"),
                    "use the same names in curly brackets in both",
                ));
            }
        }
    }
    if !rule.message.is_empty() && rule.message.iter().all(|message| message.get_ref().r#box.is_some()) {
        problems.push(places.problem(
            &rule.id,
            format!("{id} has a message for one box only"),
            "add a [[rule.message]] without `box`",
        ));
    }
}

fn judge_text(id: &str, text: &Spanned<String>, places: &Places, problems: &mut Vec<Problem>) {
    let words = text.get_ref();
    let mut refuse = |what: String, fix: &str| problems.push(places.problem(text, what, fix));
    if words.trim().is_empty() {
        refuse(format!("a message of {id} is empty"), "write how to put it right");
        return;
    }
    if words.contains(['<', '>', '&', '\n', '\r']) {
        refuse(
            format!("a message of {id} holds markup or a line break"),
            "write plain text on one line",
        );
    }
    if words.ends_with(['.', ' ']) || words.starts_with(' ') {
        refuse(
            format!("a message of {id} ends with a full stop, or has a space at an end"),
            "take it away",
        );
    }
    let spoken = words.to_lowercase();
    let spoken_words: Vec<&str> = spoken.split(|c: char| !c.is_alphanumeric()).collect();
    for banned in BANNED {
        let found = if banned.contains(' ') {
            spoken.contains(banned)
        } else {
            spoken_words.contains(banned)
        };
        if found {
            refuse(
                format!("a message of {id} says \"{banned}\""),
                "say how to put it right, in the NHS content style",
            );
        }
    }
    if words.matches('{').count() != words.matches('}').count() || placeholders(words).iter().any(String::is_empty) {
        refuse(
            format!("a message of {id} has a bracket without its pair or name"),
            "write placeholders like {max}",
        );
    }
}

/// The names in curly brackets.
pub(crate) fn placeholders(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap_or_default().to_owned())
        .collect()
}

fn is_rule_id(id: &str) -> bool {
    let Some((area, number)) = id.split_once('-') else {
        return false;
    };
    (2..=4).contains(&area.len())
        && area.bytes().all(|byte| byte.is_ascii_uppercase())
        && number.len() == 3
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn one_of(word: &Spanned<String>, words: &[&str], name: &str, places: &Places, problems: &mut Vec<Problem>) {
    if !words.contains(&word.get_ref().as_str()) {
        problems.push(places.problem(
            word,
            format!("there is no {name} \"{}\"", word.get_ref()),
            format!("write one of {}", words.join(", ")),
        ));
    }
}

fn rule_as_rust(rule: &Rule) -> String {
    let mut messages = String::new();
    for message in &rule.message {
        let row = message.get_ref();
        messages.push_str(&format!(
            "MessageRow {{ dspt_box: {}, found: {:?}, en: {:?}, cy: {:?} }}, ",
            row.r#box.is_some(),
            row.found,
            row.en.get_ref(),
            row.cy.as_ref().map(Spanned::get_ref)
        ));
    }
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| {
            first.to_uppercase().collect::<String>() + letters.as_str()
        })
    };
    format!(
        "    RuleRow {{ id: {:?}, forms: {}, questions: {}, severity: Severity::{}, basis: {:?}, source: {:?}, since: {:?}, until: {:?}, messages: &[{}] }},\n",
        rule.id.get_ref(),
        words(&rule.forms),
        words(&rule.questions),
        capital(rule.severity.get_ref()),
        rule.basis.get_ref(),
        rule.source,
        rule.since.get_ref(),
        rule.until.as_ref().map(Spanned::get_ref),
        messages
    )
}
