//! In which component, and where, does a page ask each question? Questions that depend on one option are revealed under it.

use serde::Serialize;

use crate::conditions::Test;
use crate::filled::Filled;
use crate::questions::{Question, Section, in_row};

/// More options than this are a list to choose from, as radios would fill a screen.
const MOST_RADIOS: usize = 10;

/// More questions than this under one option are a block of their own.
const MOST_REVEALED: usize = 3;

/// One thing on the page.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(crate) enum Item {
    Field(Box<Field>),
    /// Questions that are shown together.
    Block {
        /// The tests, as JSON, for the script of the page.
        shown_when: String,
        /// When to answer them, for a page whose script does not run.
        only_if: Option<String>,
        items: Vec<Item>,
    },
    Rows {
        list: String,
        rows: Vec<Row>,
    },
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) number: usize,
    pub(crate) items: Vec<Item>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Field {
    /// `text`, `textarea`, `radios`, `checkboxes`, `select`, `date` or `confirm`.
    pub(crate) component: &'static str,
    pub(crate) id: String,
    pub(crate) name: String,
    /// The name of the question for every row: what guidance is filed under.
    pub(crate) question: String,
    pub(crate) label: String,
    pub(crate) optional: bool,
    pub(crate) hint: Option<String>,
    pub(crate) max: Option<u32>,
    pub(crate) value: String,
    pub(crate) options: Vec<Choice>,
    pub(crate) parts: Vec<Part>,
    pub(crate) errors: Vec<String>,
    /// Attributes of a text box: type, width and the like.
    pub(crate) looks: Looks,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Choice {
    pub(crate) id: String,
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
    pub(crate) revealed: Vec<Item>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) wrong: bool,
}

#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Looks {
    pub(crate) kind: &'static str,
    pub(crate) classes: &'static str,
    pub(crate) autocomplete: Option<&'static str>,
    pub(crate) input_mode: Option<&'static str>,
    pub(crate) is_code: bool,
}

/// What the page of a section needs besides its questions.
pub(crate) struct Surroundings<'a> {
    pub(crate) filled: &'a Filled,
    /// Questions of every section, for the words of a condition.
    pub(crate) all: &'a [Question],
    /// The options of `dspt.edition` on this day.
    pub(crate) editions: &'a [(String, String)],
}

impl Surroundings<'_> {
    /// The items of a section, and the tests that all of its questions share.
    pub(crate) fn section(&self, section: &Section) -> (Vec<Test>, Vec<Item>) {
        let shared: Vec<Test> = match section.questions.split_first() {
            Some((first, rest)) => first
                .tests
                .iter()
                .take_while(|test| rest.iter().all(|question| question.tests.contains(test)))
                .cloned()
                .collect(),
            None => Vec::new(),
        };
        let questions: Vec<&Question> = section.questions.iter().collect();
        let items = self.items(&questions, &shared, None);
        (shared, items)
    }

    /// `known` are tests that have been made already, around these questions.
    fn items(&self, questions: &[&Question], known: &[Test], row: Option<usize>) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut rest = questions;
        while let Some((question, later)) = rest.split_first() {
            let open: Vec<&Test> = question.tests.iter().filter(|test| !known.contains(test)).collect();
            if let Some(list) = question.list().filter(|_| row.is_none() && open.is_empty()) {
                let length = rest.iter().take_while(|other| other.list() == Some(list)).count();
                let (of_list, later) = rest.split_at(length);
                items.push(self.rows(list, of_list, known));
                rest = later;
                continue;
            }
            match open.first() {
                None => {
                    let revealed: Vec<&Question> = questions
                        .iter()
                        .copied()
                        .filter(|other| reveals(question, other, questions, known))
                        .collect();
                    items.push(Item::Field(Box::new(self.field(question, row, &revealed, known))));
                    rest = later;
                }
                Some(_)
                    if questions
                        .iter()
                        .any(|parent| reveals(parent, question, questions, known)) =>
                {
                    rest = later
                }
                Some(test) => {
                    let test = (*test).clone();
                    let length = rest.iter().take_while(|other| other.tests.contains(&test)).count();
                    let (of_block, later) = rest.split_at(length);
                    let mut inside = known.to_vec();
                    inside.push(test.clone());
                    items.push(Item::Block {
                        only_if: self.only_if(&test),
                        shown_when: shown_when(&[in_this_row(&test, row)]),
                        items: self.items(of_block, &inside, row),
                    });
                    rest = later;
                }
            }
        }
        items
    }

    fn rows(&self, list: &str, questions: &[&Question], known: &[Test]) -> Item {
        let rows = (0..self.filled.rows(list))
            .map(|row| Row {
                number: row + 1,
                items: self.items(questions, known, Some(row)),
            })
            .collect();
        Item::Rows {
            list: list.to_owned(),
            rows,
        }
    }

    fn field(&self, question: &Question, row: Option<usize>, revealed: &[&Question], known: &[Test]) -> Field {
        let name = in_row(&question.id, row);
        let id = id_of(&name);
        let values = self.filled.values(&name);
        let component = component_of(question);
        let mut choices: Vec<(String, String)> = question
            .options
            .iter()
            .map(|option| (option.value.clone(), option.label.en.clone()))
            .collect();
        if question.kind == "dspt-edition" {
            choices = self.editions.to_vec();
        }
        if component == "select" {
            // What somebody chose elsewhere, or in an earlier year, must not be lost.
            for value in values.iter().filter(|value| !value.trim().is_empty()) {
                if !choices.iter().any(|(known, _)| known == value) {
                    choices.push((value.clone(), value.clone()));
                }
            }
        }
        let options = choices
            .into_iter()
            .enumerate()
            .map(|(at, (value, label))| {
                let below: Vec<&Question> = revealed
                    .iter()
                    .copied()
                    .filter(|other| opened_by(question, other, known) == Some(value.as_str()))
                    .collect();
                let mut inside = known.to_vec();
                if let Some(first) = below.first() {
                    inside.extend(first.tests.iter().cloned());
                }
                Choice {
                    id: if at == 0 {
                        id.clone()
                    } else {
                        format!("{id}-{}", at + 1)
                    },
                    chosen: values.contains(&value),
                    value,
                    label,
                    revealed: self.items(&below, &inside, row),
                }
            })
            .collect();
        let wrong = self.filled.wrong_parts(&name);
        let parts = if question.is_date() {
            ["day", "month", "year"]
                .map(|part| Part {
                    name: part,
                    value: self.filled.values(&format!("{name}.{part}")).concat(),
                    wrong: wrong.contains(&part),
                })
                .into()
        } else {
            Vec::new()
        };
        Field {
            component,
            id,
            question: question.id.clone(),
            label: question.label.clone(),
            optional: question.optional,
            hint: question.hint.clone(),
            max: question.max,
            value: if question.kind == "confirm" {
                String::new()
            } else {
                values.join(", ")
            },
            options: if component == "confirm" {
                vec![Choice {
                    id: id_of(&name),
                    value: "yes".to_owned(),
                    label: question.label.clone(),
                    chosen: self.filled.is_ticked(&name),
                    revealed: Vec::new(),
                }]
            } else {
                options
            },
            parts,
            errors: self.filled.errors(&name),
            looks: looks_of(question),
            name,
        }
    }

    /// The sentence that stands over a block where no script hides it.
    pub(crate) fn only_if(&self, test: &Test) -> Option<String> {
        let asked = self.all.iter().find(|question| question.id == test.question)?;
        if asked.id == "journey.applicant_type" {
            return (!test.not).then(|| "Only for system suppliers".to_owned());
        }
        let labels: Vec<String> = test
            .is
            .iter()
            .map(|value| {
                let option = asked.options.iter().find(|option| option.value == *value);
                format!("‘{}’", option.map_or(value.as_str(), |option| option.label.en.as_str()))
            })
            .collect();
        let labels = match labels.split_last() {
            Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
            _ => labels.concat(),
        };
        let word = if test.not { "did not select" } else { "selected" };
        Some(format!("Answer this only if you {word} {labels} for ‘{}’", asked.label))
    }
}

/// The option of `parent` under which `other` belongs, if it does: when nothing else decides about it.
fn opened_by<'a>(parent: &Question, other: &'a Question, known: &[Test]) -> Option<&'a str> {
    let open: Vec<&Test> = other.tests.iter().filter(|test| !known.contains(test)).collect();
    match open.as_slice() {
        [test] if test.question == parent.id && matches!(component_of(parent), "radios" | "checkboxes") => {
            match test.value() {
                Some(value) => Some(value),
                // `not … = no` of a question that is answered by yes or no.
                None if test.not && parent.kind == "yes-no" && test.is == ["no"] => Some("yes"),
                None => None,
            }
        }
        _ => None,
    }
}

fn reveals(parent: &Question, other: &Question, questions: &[&Question], known: &[Test]) -> bool {
    // A question that is not shown itself cannot show another here.
    if parent.tests.iter().any(|test| !known.contains(test)) || parent.list() != other.list() {
        return false;
    }
    let Some(value) = opened_by(parent, other, known) else {
        return false;
    };
    let together = questions.iter().filter(|question| {
        question
            .tests
            .iter()
            .any(|test| test.question == parent.id && test.value() == Some(value))
    });
    together.count() <= MOST_REVEALED
}

/// Tests as the script of the page reads them.
pub(crate) fn shown_when(tests: &[Test]) -> String {
    serde_json::to_string(tests).unwrap_or_default()
}

fn in_this_row(test: &Test, row: Option<usize>) -> Test {
    Test {
        question: in_row(&test.question, row),
        ..test.clone()
    }
}

fn component_of(question: &Question) -> &'static str {
    match question.kind.as_str() {
        "choice" | "open-choice" | "yes-no" | "dspt-status" if question.options.len() <= MOST_RADIOS => "radios",
        "choice" | "open-choice" | "dspt-edition" => "select",
        "choices" => "checkboxes",
        "confirm" => "confirm",
        "date" => "date",
        "long-text" => "textarea",
        _ => "text",
    }
}

fn looks_of(question: &Question) -> Looks {
    let plain = Looks {
        kind: "text",
        ..Looks::default()
    };
    let code = |classes| Looks {
        classes,
        is_code: true,
        kind: "text",
        ..Looks::default()
    };
    let mut looks = match question.kind.as_str() {
        "email" => Looks { kind: "email", ..plain },
        "telephone" => Looks {
            kind: "tel",
            classes: "nhsuk-input--width-20",
            ..plain
        },
        "web-address" => Looks { kind: "url", ..plain },
        "whole-number" => Looks {
            classes: "nhsuk-input--width-5",
            input_mode: Some("numeric"),
            ..plain
        },
        "version" | "dspt-version" => Looks {
            classes: "nhsuk-input--width-4",
            ..plain
        },
        "postcode" => Looks {
            classes: "nhsuk-input--width-10",
            ..plain
        },
        "ods-code" | "dspt-code" | "ico-number" => code("nhsuk-input--code nhsuk-input--width-10"),
        "identifier" | "text-list" => code("nhsuk-input--code nhsuk-input--width-20"),
        _ => plain,
    };
    looks.autocomplete = match question.id.as_str() {
        "organisation.name" => Some("organization"),
        "organisation.address_line_1" => Some("address-line1"),
        "organisation.town" => Some("address-level2"),
        "organisation.postcode" => Some("postal-code"),
        "contacts.applicant.name" => Some("name"),
        "contacts.applicant.job_title" => Some("organization-title"),
        "contacts.applicant.email" => Some("email"),
        "contacts.applicant.telephone" => Some("tel"),
        // Answers about other people, and the second time about oneself, are not what a browser remembers.
        _ if matches!(looks.kind, "email" | "tel" | "url") => Some("off"),
        _ => None,
    };
    looks
}

/// `ra-users-0-name` of `ra.users[0].name`.
pub(crate) fn id_of(name: &str) -> String {
    name.replace("].", "-").replace(['.', '[', ']', '_'], "-")
}
