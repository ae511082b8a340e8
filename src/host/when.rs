//! Is a field asked? Where the host gives it a condition: when another field holds one of the texts.

use super::plan::{Entry, Target};
use crate::form::checking::{At, Checking};
use crate::form::submission::Cell;
use crate::form::value::{self, Value, any_piece, option_text};
use crate::setting::Setting;
use crate::tables::{Kind, Question};

/// The question at the row with this index.
fn place(checking: &Checking<'_>, question: Question, index: Option<u16>) -> Option<At> {
    match question.row().group {
        None => Some(At::once(question)),
        Some(group) => Some(At::in_row(question, checking.row_at(group, index?)?)),
    }
}

/// The questions of ours that are asked under a condition of the host, at every row, and whether that condition closes them.
pub(crate) fn closed(checking: &Checking<'_>) -> Vec<(At, bool)> {
    let plan = checking.host.plan;
    let mut places = Vec::new();
    for subject in 0..plan.entries().len() {
        let Some(first) = plan.first(subject).filter(|first| first.subject == subject) else {
            continue;
        };
        let Some(question) = first.question else { continue };
        let as_whole = question.row().group.map(|_| At::once(question));
        for at in as_whole.into_iter().chain(checking.everywhere(question)) {
            let index = checking.index_of(at);
            if plan.entry(subject, index).is_some_and(|entry| entry.target.is_some()) {
                places.push((at, !is_asked(checking, subject, index)));
            }
        }
    }
    places
}

/// True when the field is asked at this row: its own condition holds, and so do those that it waits for.
pub(crate) fn is_asked(checking: &Checking<'_>, subject: usize, index: Option<u16>) -> bool {
    let (host, plan) = (checking.host, checking.host.plan);
    let (mut subject, mut index) = (subject, index);
    while let Some(entry) = plan.entry(subject, index)
        && let (Some(target), Some(field)) = (entry.target, &entry.spec.waits_for)
    {
        let is = entry.spec.awaited();
        let row = field.index.or(index);
        // For a list as a whole, a condition on a field of the same row is neither here nor there.
        if field.list().is_some() && row.is_none() {
            return true;
        }
        index = field.list().and(row);
        subject = match target {
            Target::Question(question) => return question_holds(checking, question, index, is),
            Target::Subject(next) => next,
        };
        if let Some(question) = plan.question(subject) {
            return question_holds(checking, question, index, is);
        }
        let holds = |entry: &Entry<'_>| field_holds(entry, host.cell(subject, index), is);
        if !plan.entry(subject, index).is_some_and(holds) {
            return false;
        }
    }
    true
}

/// True when a question of ours, if it is asked and applies, holds one of the texts.
fn question_holds(checking: &Checking<'_>, question: Question, index: Option<u16>, is: &[Setting]) -> bool {
    let Some(at) = place(checking, question, index) else {
        return false;
    };
    // What the page does not have, nobody can answer: that part of a condition counts as true. Onboarding.md 4.3.
    if checking.is_left_out(at) {
        return true;
    }
    let value = checking.value(at);
    for text in is {
        let text = text.text.as_str();
        let wanted = Cell::One(text);
        let wanted = value::read(question, &wanted, checking.context);
        let holds = match (value, &wanted) {
            (
                Value::Options { set, others, .. },
                Value::Options {
                    set: one,
                    others: other,
                    all: true,
                },
            ) => {
                // The value only says that there are options of the host.
                let own = || {
                    let cell = checking.submission.cell(question, index);
                    cell.is_some_and(|cell| has_item(cell, text, false))
                };
                set & one != 0 || (*others && *other && own())
            }
            (Value::Status { status, .. }, Value::Status { status: one, .. }) => status == one,
            _ => is_same(value, &wanted, text),
        };
        if holds {
            return true;
        }
    }
    false
}

/// True when a text is among the items of a list of choices, or is the first of them.
fn has_item(cell: &Cell<'_>, text: &str, only_first: bool) -> bool {
    let wanted = option_text(text);
    for item in cell.items() {
        if option_text(item) == wanted {
            return true;
        }
        if only_first {
            break;
        }
    }
    false
}

/// True when a field of the host's own holds one of the texts.
fn field_holds(entry: &Entry<'_>, cell: &Cell<'_>, is: &[Setting]) -> bool {
    let kind = entry.kind;
    for text in is {
        let text = text.text.as_str();
        let wanted = Cell::One(text);
        let holds = match kind {
            Kind::Choice | Kind::Choices => {
                has_item(cell, text, kind == Kind::Choice) && entry.spec.has_option(&option_text(text))
            }
            _ => is_same(&value::plain(kind, cell), &value::plain(kind, &wanted), text),
        };
        if holds {
            return true;
        }
    }
    false
}

/// True when a value is the one that is wanted. Texts are compared as options are; blank and unreadable are never it.
fn is_same(value: &Value<'_>, wanted: &Value<'_>, text: &str) -> bool {
    match (value, wanted) {
        (Value::Text(held), Value::Text(wanted)) => option_text(held) == option_text(wanted),
        (Value::OtherOption(held), Value::OtherOption(wanted)) => option_text(held) == option_text(wanted),
        (Value::List(held), _) => any_piece(held, &mut |piece| option_text(piece) == option_text(text)),
        (Value::Option(held), Value::Option(wanted)) => held == wanted,
        (Value::YesNo(held), Value::YesNo(wanted)) => held == wanted,
        (Value::Number(held), Value::Number(wanted)) => held == wanted,
        (Value::Date(held), Value::Date(wanted)) => held == wanted,
        (Value::Edition(held), Value::Edition(wanted)) => held == wanted,
        (Value::Ticked, Value::Ticked) => true,
        _ => false,
    }
}
