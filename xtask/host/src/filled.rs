//! What did a person fill in, what was said of it, and what goes back into the page?

use std::collections::{BTreeMap, BTreeSet};

use ncrs_form_check::Report;
use ncrs_form_check::answers::Answers;
use ncrs_form_check::finding::Severity;
use serde_json::Value;

use crate::questions::FormQuestions;

/// More rows than this are not drawn. Nobody adds so many by hand, and a made-up name must not cost us a page of them.
pub(crate) const MOST_ROWS: usize = 100;

/// Names with which the page speaks to the server. They answer no question.
const OWN_NAMES: [&str; 3] = ["page.closed", "page.language", "page.do"];

/// The answers of one post, in the order in which they came, and what a report says of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filled {
    pairs: Vec<(String, String)>,
    said: BTreeMap<String, Vec<String>>,
    wrong_parts: BTreeMap<String, Vec<&'static str>>,
    /// Rows that the person asked for, by list.
    asked_rows: BTreeMap<String, usize>,
}

impl Filled {
    pub(crate) fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self {
            pairs,
            ..Self::default()
        }
    }

    /// The answers of a nested object, as somebody would fill them in: dates in three boxes, a list of words in one.
    pub(crate) fn from_nested(nested: &Value, questions: &FormQuestions) -> Self {
        let mut pairs = Vec::new();
        spread(nested, "", questions, &mut pairs);
        Self::from_pairs(pairs)
    }

    /// What one of the page's own names says.
    pub(crate) fn own(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, text)| text.as_str())
    }

    /// What is judged: a page with a script says which questions were closed when it was sent, and those count as blank, as they did
    /// on the page.
    pub(crate) fn judged(&self) -> Answers {
        let closed: BTreeSet<&str> = self.closed().collect();
        Answers::from_pairs(
            self.answers()
                .filter(|(name, _)| !closed.contains(name))
                .map(|(name, text)| (name.to_owned(), text.to_owned())),
        )
    }

    fn closed(&self) -> impl Iterator<Item = &str> {
        let named = self.pairs.iter().filter(|(name, _)| name == "page.closed");
        named.map(|(_, text)| text.as_str())
    }

    /// True for a question, by its name or those of the parts of a date, that was closed and so was not judged.
    pub(crate) fn is_closed(&self, name: &str) -> bool {
        self.closed().any(|closed| {
            closed
                .strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// Answers in rows that are not drawn: the page carries them along, so that none is lost.
    pub(crate) fn undrawn(&self, lists: &BTreeSet<&str>) -> Vec<(&str, &str)> {
        let is_undrawn = |name: &str| {
            let Some((list, row)) = name.split_once('[') else {
                return false;
            };
            let row = row.split_once(']').and_then(|(row, _)| row.parse::<usize>().ok());
            lists.contains(list) && row.is_some_and(|row| row >= MOST_ROWS)
        };
        self.answers().filter(|(name, _)| is_undrawn(name)).collect()
    }

    /// Every answer, the page's own names left out.
    pub(crate) fn answers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .filter(|(name, _)| !OWN_NAMES.contains(&name.as_str()))
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Every pair that the page needs to be filled again.
    pub(crate) fn everything(&self) -> Vec<(String, String)> {
        self.pairs
            .iter()
            .filter(|(name, _)| name != "page.do")
            .cloned()
            .collect()
    }

    pub(crate) fn values(&self, name: &str) -> Vec<String> {
        self.pairs
            .iter()
            .filter(|(other, _)| other == name)
            .map(|(_, text)| text.clone())
            .collect()
    }

    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        self.values(name)
            .iter()
            .any(|text| matches!(text.as_str(), "yes" | "true" | "on" | "1"))
    }

    /// What a report says must be mended.
    pub(crate) fn said(mut self, report: &Report) -> Self {
        for finding in report
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
        {
            self.said
                .entry(finding.question.clone())
                .or_default()
                .push(finding.message.clone());
            let parts = finding.parts.iter().flatten().map(|part| part.name());
            self.wrong_parts
                .entry(finding.question.clone())
                .or_default()
                .extend(parts);
        }
        self
    }

    pub(crate) fn errors(&self, name: &str) -> Vec<String> {
        self.said.get(name).cloned().unwrap_or_default()
    }

    pub(crate) fn wrong_parts(&self, name: &str) -> &[&'static str] {
        self.wrong_parts.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn add_row(&mut self, list: &str) {
        let rows = self.rows(list);
        self.asked_rows.insert(list.to_owned(), rows + 1);
    }

    /// How many rows a list has on the page: those with an answer, and one to begin with.
    pub(crate) fn rows(&self, list: &str) -> usize {
        let start = format!("{list}[");
        let answered = self
            .pairs
            .iter()
            .filter_map(|(name, _)| name.strip_prefix(&start)?.split_once(']')?.0.parse::<usize>().ok())
            .map(|row| row.saturating_add(1))
            .max()
            .unwrap_or_default();
        let asked = self.asked_rows.get(list).copied().unwrap_or_default();
        answered.max(asked).clamp(1, MOST_ROWS)
    }
}

fn spread(value: &Value, name: &str, questions: &FormQuestions, pairs: &mut Vec<(String, String)>) {
    let question = questions.named(name);
    match value {
        Value::Null => {}
        Value::Object(parts) => {
            for (part, value) in parts {
                let name = if name.is_empty() {
                    part.clone()
                } else {
                    format!("{name}.{part}")
                };
                spread(value, &name, questions, pairs);
            }
        }
        Value::Array(items) => {
            let kind = question.map(|question| question.kind.as_str());
            for (at, item) in items.iter().enumerate() {
                match (kind, item) {
                    (Some("choices"), item) => pairs.push((name.to_owned(), text(item))),
                    (Some(_), _) => {
                        let words: Vec<String> = items.iter().map(text).collect();
                        pairs.push((name.to_owned(), words.join(", ")));
                        break;
                    }
                    (None, item) => spread(item, &format!("{name}[{at}]"), questions, pairs),
                }
            }
        }
        Value::Bool(false) if question.is_some_and(|question| question.kind == "confirm") => {}
        Value::Bool(yes) => pairs.push((name.to_owned(), if *yes { "yes" } else { "no" }.to_owned())),
        Value::String(_) | Value::Number(_) if question.is_some_and(|question| question.is_date()) => {
            let text = text(value);
            let mut parts: Vec<&str> = text.split(['-', '/', '.', ' ']).collect();
            if parts.first().is_some_and(|first| first.len() == 4) {
                parts.reverse();
            }
            for (part, text) in ["day", "month", "year"].into_iter().zip(parts) {
                pairs.push((format!("{name}.{part}"), text.to_owned()));
            }
        }
        other => pairs.push((name.to_owned(), text(other))),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
