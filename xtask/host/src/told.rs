//! How is a finding told: about which question, where on the page, from which source and with what to do next?

use std::collections::BTreeMap;

use ncrs_form_check::finding::{Finding, Severity};
use ncrs_form_check::{Report, RuleInfo};
use serde::{Deserialize, Serialize};

use crate::filled::Filled;
use crate::layout::id_of;
use crate::questions::{FormQuestions, Question, in_row, root, table};

#[derive(Deserialize)]
struct SourcesFile {
    source: Vec<Source>,
}

#[derive(Deserialize)]
struct Source {
    id: String,
    page: String,
    address: Option<String>,
}

/// Every rule, where it comes from, and what a person can do whom it sends elsewhere.
pub(crate) struct Rulebook {
    rules: Vec<RuleInfo>,
    sources: Vec<Source>,
    next: toml::Table,
}

/// A finding as a template tells it.
#[derive(Debug, Serialize)]
pub(crate) struct Told {
    rule: &'static str,
    question: String,
    at: String,
    label: String,
    severity: Severity,
    message: String,
    review: bool,
    basis: &'static str,
    source: String,
    next: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct Missing {
    pub(crate) at: String,
    pub(crate) label: String,
}

/// What is still to be answered in a section.
#[derive(Serialize)]
pub(crate) struct Needed {
    pub(crate) title: String,
    pub(crate) questions: Vec<Missing>,
}

#[derive(Serialize)]
pub(crate) struct Echoed {
    title: String,
    answers: Vec<Answer>,
}

#[derive(Serialize)]
struct Answer {
    label: String,
    text: String,
}

impl Rulebook {
    pub(crate) fn read(guidance: &toml::Table) -> anyhow::Result<Self> {
        let sources: SourcesFile = table(&root().join("src/tables/sources.toml"))?;
        let next = guidance.get("next").and_then(toml::Value::as_table);
        Ok(Self {
            rules: ncrs_form_check::rules(),
            sources: sources.source,
            next: next.cloned().unwrap_or_default(),
        })
    }

    /// Sources and next steps, as JSON.
    #[cfg(test)]
    pub(crate) fn reference(&self) -> anyhow::Result<String> {
        let sources: serde_json::Map<String, serde_json::Value> = self
            .sources
            .iter()
            .map(|source| (source.id.clone(), serde_json::Value::String(said(source))))
            .collect();
        let text = serde_json::to_string_pretty(&serde_json::json!({ "next": self.next, "sources": sources }))?;
        Ok(text + "\n")
    }

    /// The findings of a kind, in their order.
    pub(crate) fn told(
        &self,
        questions: &FormQuestions,
        report: Option<&Report>,
        wanted: fn(&Finding) -> bool,
    ) -> Vec<Told> {
        let findings = report
            .iter()
            .flat_map(|report| &report.findings)
            .filter(|finding| wanted(finding));
        findings
            .map(|finding| {
                let rule = self.rules.iter().find(|rule| rule.id == finding.rule);
                let key = rule.map_or("", |rule| rule.source);
                Told {
                    rule: finding.rule,
                    question: finding.question.clone(),
                    at: anchor_of(questions, finding),
                    label: label_of(questions, &finding.question),
                    severity: finding.severity,
                    message: finding.message.clone(),
                    review: finding.review,
                    basis: rule.map_or("", |rule| rule.basis),
                    source: self
                        .sources
                        .iter()
                        .find(|source| source.id == key)
                        .map_or_else(|| key.to_owned(), said),
                    next: self
                        .next
                        .get(finding.rule)
                        .and_then(toml::Value::as_str)
                        .map(str::to_owned),
                }
            })
            .collect()
    }
}

fn said(source: &Source) -> String {
    match &source.address {
        Some(address) => format!("{} ({address})", source.page),
        None => source.page.clone(),
    }
}

/// Where two messages would read the same, both begin with the legend of their row, as on a page with a script. api.md 4.1.
///
/// `legend` is asked with the name of a list and the number of a row, from 1.
pub(crate) fn told_apart(findings: &mut [Finding], legend: impl Fn(&str, usize) -> String) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings.iter() {
        *times.entry(finding.message.clone()).or_default() += 1;
    }
    for finding in findings {
        if times.get(&finding.message).is_some_and(|times| *times > 1)
            && let Some((list, row)) = row_of(&finding.question)
        {
            finding.message = format!("{}: {}", legend(list, row), finding.message);
        }
    }
}

/// `ra.users` and 3 of `ra.users[2].name`: people count from 1.
fn row_of(name: &str) -> Option<(&str, usize)> {
    let (list, rest) = name.split_once('[')?;
    let row: usize = rest.split_once(']')?.0.parse().ok()?;
    Some((list, row.saturating_add(1)))
}

/// The control that a link leads to.
pub(crate) fn anchor(questions: &FormQuestions, name: &str) -> String {
    let id = id_of(name);
    match questions.named(name) {
        Some(question) if question.is_date() => format!("{id}-day"),
        _ => id,
    }
}

fn anchor_of(questions: &FormQuestions, finding: &Finding) -> String {
    match finding.parts.as_deref().and_then(<[_]>::first) {
        Some(part) => format!("{}-{}", id_of(&finding.question), part.name()),
        None => anchor(questions, &finding.question),
    }
}

pub(crate) fn label_of(questions: &FormQuestions, name: &str) -> String {
    let label = questions.named(name).map_or(name, |question| question.label.as_str());
    row_of(name).map_or_else(|| label.to_owned(), |(_, row)| format!("{label} ({row})"))
}

/// What was sent and judged, as text, in the order of the form.
pub(crate) fn echoed(questions: &FormQuestions, filled: &Filled) -> Vec<Echoed> {
    let mut sections = Vec::new();
    for section in &questions.sections {
        let mut answers = Vec::new();
        for question in &section.questions {
            let rows: Vec<Option<usize>> = match question.list() {
                Some(list) => (0..filled.rows(list)).map(Some).collect(),
                None => vec![None],
            };
            for row in rows {
                let name = in_row(&question.id, row);
                let text = echo(question, filled, &name);
                if !text.trim().is_empty() && !filled.is_closed(&name) {
                    answers.push(Answer {
                        label: label_of(questions, &name),
                        text,
                    });
                }
            }
        }
        if !answers.is_empty() {
            sections.push(Echoed {
                title: section.title.clone(),
                answers,
            });
        }
    }
    sections
}

fn echo(question: &Question, filled: &Filled, name: &str) -> String {
    if question.is_date() {
        let parts = ["day", "month", "year"].map(|part| filled.values(&format!("{name}.{part}")).concat());
        return parts.join(" ").trim().to_owned();
    }
    let words: Vec<String> = filled
        .values(name)
        .into_iter()
        .map(
            |value| match question.options.iter().find(|option| option.value == value) {
                Some(option) => option.label.en.clone(),
                None => value,
            },
        )
        .collect();
    if question.kind == "confirm" && filled.is_ticked(name) {
        return "Yes".to_owned();
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use ncrs_form_check::answers::Answers;
    use ncrs_form_check::{Context, Form, Options, check};

    use super::*;

    #[test]
    fn what_would_read_the_same_in_two_rows_says_which_row() {
        let options: Options = serde_json::from_str(
            r#"{ "today": "2026-11-22", "asked": [], "fields": { "sites[].code": { "kind": "ods-code", "label": "code", "required": true } } }"#,
        )
        .unwrap();
        let context = Context::from_options(&options).unwrap();
        let said = |texts: [&str; 3]| {
            let rows = (0..).zip(texts).map(|(row, text)| (format!("sites[{row}].code"), text));
            let mut findings = check(Form::PdsAccess, &Answers::from_pairs(rows), &context)
                .unwrap()
                .findings;
            told_apart(&mut findings, |list, row| format!("{list} {row}"));
            findings.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(said(["", "A81001", ""]), ["sites 1: Enter code", "sites 3: Enter code"]);
        assert_eq!(said(["", "A81001", "A81002"]), ["Enter code"]);
    }
}
