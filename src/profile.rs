//! How does this service's form differ from ours? A host drops, adds, requires and rewords without Rust.

use serde::Deserialize;

use crate::context::{one_of, question_named};
use crate::entries::Entries;
use crate::fault::Fault;
use crate::finding::Severity;
use crate::tables::{FORMS, FormRow, Kind, Question, RuleId};
use crate::text::{concat, cut};

/// The differences, as the host writes them. NHS England's own form may ask more, less or otherwise.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// Repeated in the report.
    pub id: Option<String>,
    /// Questions or sections that this form does not have: they count as never asked.
    pub drop: Vec<String>,
    /// Questions that this form does or does not insist on.
    pub required: Entries<bool>,
    /// Options that this form has beyond ours, or does not have.
    pub options: Entries<OptionChanges>,
    /// Words for questions in messages.
    pub labels: Entries<String>,
    /// `off`, `warning` or `error` by rule. A stop stays a stop or is off.
    pub rules: Entries<String>,
}

/// Options that are added to a question or taken from it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OptionChanges {
    /// Options that we do not have.
    pub add: Vec<AddedOption>,
    /// Values of ours that this form does not offer.
    pub drop: Vec<String>,
}

/// An option that we do not have.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddedOption {
    /// The value that is posted.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// The built-in option whose rules apply; without it no condition is met.
    #[serde(default)]
    pub counts_as: Option<String>,
}

/// The differences as the rules need them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changes {
    pub(crate) id: Option<String>,
    dropped_questions: Vec<Question>,
    dropped_sections: Vec<String>,
    required: Vec<(Question, bool)>,
    options: Vec<ChangedOptions>,
    labels: Vec<(Question, String)>,
    rules: Vec<(RuleId, Setting)>,
}

#[derive(Debug, Clone)]
struct ChangedOptions {
    question: Question,
    /// Value, and the number of the built-in option it counts as.
    added: Vec<(String, Option<u8>)>,
    dropped: u32,
}

/// What a host sets for a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    Off,
    As(Severity),
}

impl Changes {
    #[inline(never)]
    pub(crate) fn read(profile: &Profile) -> Result<Self, Fault> {
        let mut changes = Self {
            id: profile.id.clone(),
            ..Self::default()
        };
        for name in &profile.drop {
            if is_section(name) {
                changes.dropped_sections.push(name.clone());
                continue;
            }
            match whole_question("options.profile.drop", name) {
                Ok(question) => changes.dropped_questions.push(question),
                Err(fault) if cut(name, b'.').is_some() => return Err(fault),
                Err(_) => {
                    let wanted = "the name of a section or a question";
                    return Err(Fault::expected("options.profile.drop", wanted, name));
                }
            }
        }
        for (name, required) in profile.required.iter() {
            changes
                .required
                .push((whole_question("options.profile.required", name)?, *required));
        }
        for (name, label) in profile.labels.iter() {
            if label.trim().is_empty() {
                let place = concat(&["options.profile.labels[\"", name, "\"]"]);
                return Err(Fault::expected_some(&place, "words"));
            }
            changes
                .labels
                .push((whole_question("options.profile.labels", name)?, label.clone()));
        }
        for (name, options) in profile.options.iter() {
            changes.options.push(ChangedOptions::read(name, options)?);
        }
        for (id, setting) in profile.rules.iter() {
            changes.rules.push(rule_setting(id, setting)?);
        }
        Ok(changes)
    }

    /// True when the profile takes the question out of this section.
    pub(crate) fn drops(&self, section: &str, question: Question) -> bool {
        self.dropped_questions.contains(&question) || self.dropped_sections.iter().any(|dropped| dropped == section)
    }

    /// What the profile says of a question being required.
    pub(crate) fn requires(&self, question: Question) -> Option<bool> {
        self.required
            .iter()
            .find(|(changed, _)| *changed == question)
            .map(|(_, required)| *required)
    }

    pub(crate) fn label(&self, question: Question) -> Option<&str> {
        self.labels
            .iter()
            .find(|(changed, _)| *changed == question)
            .map(|(_, label)| label.as_str())
    }

    /// The severity of a rule here; `None` when the host has switched it off.
    pub(crate) fn severity(&self, rule: RuleId) -> Option<Severity> {
        match self.rules.iter().find(|(changed, _)| *changed == rule) {
            None => Some(rule.row().severity),
            Some((_, Setting::As(severity))) => Some(*severity),
            Some((_, Setting::Off)) => None,
        }
    }

    /// The number of a built-in option that a value of this host counts as: `Some(None)` for an added option that counts
    /// as none of ours.
    pub(crate) fn added_option(&self, question: Question, value: &str) -> Option<Option<u8>> {
        let options = self.options.iter().find(|options| options.question == question)?;
        options
            .added
            .iter()
            .find(|(added, _)| added == value)
            .map(|(_, counts_as)| *counts_as)
    }

    /// True when this form does not offer the built-in option.
    pub(crate) fn drops_option(&self, question: Question, option: u8) -> bool {
        let bit = 1_u32.checked_shl(u32::from(option)).unwrap_or(0);
        self.options
            .iter()
            .any(|options| options.question == question && options.dropped & bit != 0)
    }

    /// It is a fault to set a rule that cannot run because of `drop`. Onboarding.md 5.
    pub(crate) fn judge_for(&self, form: &'static FormRow) -> Result<(), Fault> {
        if self.rules.is_empty() || (self.dropped_questions.is_empty() && self.dropped_sections.is_empty()) {
            return Ok(());
        }
        let placed = |question: Question| {
            form.sections
                .iter()
                .find(|section| section.questions.iter().any(|placement| placement.question == question))
        };
        let dropped =
            |question: Question| placed(question).is_some_and(|section| self.drops(section.id.as_str(), question));
        for (rule, _) in &self.rules {
            let row = rule.row();
            let mut asked = row
                .questions
                .iter()
                .filter(|question| placed(**question).is_some())
                .peekable();
            if asked.peek().is_none() {
                continue;
            }
            let unread = row.reads.iter().find(|question| dropped(**question));
            if asked.all(|question| dropped(*question)) {
                return Err(cannot_run(
                    row.id.as_str(),
                    "options.profile.drop takes its question away",
                ));
            }
            if let Some(question) = unread {
                let name = question.row().name.as_str();
                let reason = concat(&["options.profile.drop takes ", name, " away, which it reads"]);
                return Err(cannot_run(row.id.as_str(), &reason));
            }
        }
        Ok(())
    }
}

impl ChangedOptions {
    fn read(name: &str, options: &OptionChanges) -> Result<Self, Fault> {
        let place = "options.profile.options";
        let question = whole_question(place, name)?;
        let row = question.row();
        if !matches!(
            row.kind,
            Kind::Choice | Kind::OpenChoice | Kind::Choices | Kind::DsptStatus
        ) {
            return Err(Fault::expected(place, "a question with options", name));
        }
        let number = |value: &str| {
            row.options.place(value).ok_or_else(|| {
                let place = concat(&[place, "[\"", name, "\"]"]);
                Fault::expected(&place, &one_of(&row.options.texts()), value)
            })
        };
        let adding = concat(&[place, "[\"", name, "\"].add"]);
        let mut added = Vec::new();
        for option in &options.add {
            let value = crate::form::value::option_text(&option.value);
            if value.is_empty() {
                return Err(Fault::expected_some(&adding, "a value"));
            }
            if row.options.place(&value).is_some() || added.iter().any(|(known, _)| *known == value) {
                let found = concat(&["\"", &option.value, "\", which is there already"]);
                return Err(Fault::new(&[&adding, ": expected a new option, found ", &found]));
            }
            added.push((value, option.counts_as.as_deref().map(number).transpose()?));
        }
        let mut dropped = 0;
        for value in &options.drop {
            dropped |= 1_u32.checked_shl(u32::from(number(value)?)).unwrap_or(0);
        }
        Ok(Self {
            question,
            added,
            dropped,
        })
    }
}

fn is_section(name: &str) -> bool {
    for form in FORMS {
        for section in form.sections {
            if section.id.is(name) {
                return true;
            }
        }
    }
    false
}

fn cannot_run(id: &str, reason: &str) -> Fault {
    Fault::new(&["options.profile.rules: ", id, " can no longer run, because ", reason])
}

fn rule_setting(id: &str, setting: &str) -> Result<(RuleId, Setting), Fault> {
    let Some(rule) = RuleId::named(id) else {
        return Err(Fault::expected("options.profile.rules", "the id of a rule", id));
    };
    if rule.row().retired {
        return Err(cannot_run(id, "it was retired"));
    }
    let place = concat(&["options.profile.rules[\"", id, "\"]"]);
    let setting = match setting {
        "off" => Setting::Off,
        "warning" => Setting::As(Severity::Warning),
        "error" => Setting::As(Severity::Error),
        other => {
            return Err(Fault::expected(&place, "off, warning or error", other));
        }
    };
    if rule.row().severity == Severity::Stop && setting != Setting::Off {
        return Err(Fault::new(&[&place, ": a stop stays a stop or is off"]));
    }
    Ok((rule, setting))
}

/// A question by its name, never one row of it.
pub(crate) fn whole_question(place: &str, name: &str) -> Result<Question, Fault> {
    match question_named(place, name)? {
        (question, None) => Ok(question),
        _ => {
            let wanted = "a question for all rows, like ra.users[].name";
            Err(Fault::expected(place, wanted, name))
        }
    }
}
