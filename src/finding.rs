//! What does a check say? Findings and the report that holds them: plain data, no words in rules, no answer in findings.

use serde::{Serialize, Serializer};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Something that the person can mend here.
    Error,
    /// The wrong route, or not eligible: not a mistake, and the host explains the next step.
    Stop,
    /// The person should look again.
    Warning,
    /// What will happen.
    Note,
}

/// The value of a placeholder in a message. Never what the person typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Param {
    /// A whole number, like the longest length.
    Number(u32),
    /// A text as the message shows it.
    Text(String),
}

/// The params of a finding, sorted by name, written as one JSON object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params(pub Vec<(&'static str, Param)>);

impl Serialize for Params {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DatePart {
    /// The day of the month.
    Day,
    /// The month, as a number or a name.
    Month,
    /// The year, four digits.
    Year,
}

impl DatePart {
    /// `day`, `month` or `year`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// One thing about one answer.
///
/// Guaranteed: `rule` is the id of a rule in [`rules`](crate::rules), `message` is plain text in the language that was
/// asked for, and neither `message` nor `params` holds anything the person typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The id of the rule, like `ORG-008`.
    pub rule: &'static str,
    /// The name of the question, with its index for repeated rows: `ra.users[2].uuid`.
    pub question: String,
    /// How much it matters.
    pub severity: Severity,
    /// What to do about it: plain text, never HTML.
    pub message: String,
    /// The values of the message's placeholders.
    pub params: Params,
    /// For a date: the parts to mend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<DatePart>>,
    /// True when a person at NHS England will look at this; absent otherwise.
    #[serde(skip_serializing_if = "is_false")]
    pub review: bool,
    /// A code that may have been meant. Only when the caller asks for suggestions: it is nearly the person's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

fn is_false(value: &bool) -> bool {
    !value
}
