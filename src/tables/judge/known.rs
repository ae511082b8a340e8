//! What can a table name? The questions, options, forms, lists and conditions that there are.

use std::collections::BTreeMap;

use super::condition::{Condition, Names};

/// Conditions that Rust decides, the byte of each, and the questions they read.
pub(super) const DECIDED_IN_CODE: &[(&str, u8, &[&str])] = &[
    ("end_user", 0, &[]),
    ("dspt_dated", 1, &["dspt.status"]),
    ("dspt_plan", 2, &["dspt.status"]),
    ("dspt_audit", 3, &["dspt.category", "dspt.edition"]),
    (
        "dspt_no_role_named",
        4,
        &[
            "dspt.siro_name",
            "dspt.caldicott_guardian_name",
            "contacts.dpo.name",
            "dspt.ig_lead_name",
        ],
    ),
];

/// What is the same wherever a question is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shared {
    pub(super) kind: &'static str,
    pub(super) format: Option<&'static str>,
    pub(super) max: Option<u16>,
    pub(super) options: Vec<String>,
    pub(super) name_in_messages: Option<(String, Option<String>)>,
}

/// Every question, form and list, for the tables that name them.
#[derive(Default)]
pub(super) struct Known {
    pub(super) order: Vec<String>,
    pub(super) shared: BTreeMap<String, Shared>,
    /// The questions of each form, in order.
    pub(super) forms: Vec<(String, Vec<String>)>,
    pub(super) lists: Vec<String>,
    pub(super) named: BTreeMap<String, Condition>,
}

impl Known {
    /// The Rust constant of a question.
    pub(super) fn constant(name: &str) -> String {
        format!("question::{}", name.replace("[]", "").replace('.', "_").to_uppercase())
    }

    pub(super) fn has_question(&self, name: &str) -> bool {
        self.shared.contains_key(name)
    }

    pub(super) fn has_group(&self, name: &str) -> bool {
        name.ends_with("[]") && self.order.iter().any(|known| known.starts_with(&format!("{name}.")))
    }

    /// The question of that name, or for `ra.users[]` every question of its rows.
    pub(super) fn all_of(&self, name: &str) -> Vec<String> {
        if self.has_question(name) {
            return vec![name.to_owned()];
        }
        self.order
            .iter()
            .filter(|known| known.starts_with(&format!("{name}.")))
            .cloned()
            .collect()
    }

    /// The values of the options of a question, in order.
    pub(super) fn options_of(&self, question: &str) -> &[String] {
        self.shared.get(question).map_or(&[], |shared| &shared.options)
    }

    pub(super) fn has_form(&self, id: &str) -> bool {
        self.forms.iter().any(|(form, _)| form == id)
    }

    pub(super) fn form_has(&self, form: &str, question: &str) -> bool {
        self.forms
            .iter()
            .any(|(id, questions)| id == form && questions.iter().any(|asked| asked == question))
    }

    /// The number of a question.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.order.iter().position(|known| known == name)
    }
}

impl Names for Known {
    fn question(&self, name: &str) -> Result<u8, String> {
        byte(self.number(name)).ok_or_else(|| format!("there is no question \"{name}\""))
    }

    fn option(&self, question: &str, value: &str) -> Result<u8, String> {
        let Some(shared) = self.shared.get(question) else {
            return Err(format!("there is no question \"{question}\""));
        };
        if shared.kind == "YesNo" {
            return match value {
                "yes" => Ok(1),
                "no" => Ok(0),
                other => Err(format!("{question} is answered yes or no, never \"{other}\"")),
            };
        }
        byte(shared.options.iter().position(|option| option == value))
            .ok_or_else(|| format!("{question} has no option \"{value}\""))
    }

    fn list(&self, name: &str) -> Result<u8, String> {
        byte(self.lists.iter().position(|list| list == name)).ok_or_else(|| format!("there is no list \"{name}\""))
    }

    fn condition(&self, name: &str) -> Option<Condition> {
        if let Some((_, code, reads)) = DECIDED_IN_CODE.iter().find(|(known, ..)| *known == name) {
            return Some(Condition {
                bytes: vec![*code],
                reads: reads.iter().map(|read| (*read).to_owned()).collect(),
            });
        }
        self.named.get(name).cloned()
    }
}

/// A number that the judges have checked to be small: more questions, options and lists are refused.
fn byte(number: Option<usize>) -> Option<u8> {
    u8::try_from(number?).ok()
}
