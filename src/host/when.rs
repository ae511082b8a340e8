//! Is a field asked? Where the host gives it a condition: when another field holds one of the texts.

use super::plan::{Entry, Target};
use crate::form::checking::{At, Checking};
use crate::form::submission::Cell;
use crate::form::value::{self, Value, option_text};
use crate::tables::{Kind, Question};

/// The question at the row with this index.
fn place(checking: &Checking<'_>, question: Question, index: Option<u16>) -> Option<At> {
    match question.row().group {
        None => Some(At::once(question)),
        Some(group) => Some(At {
            question,
            row: Some(checking.row_at(group, index?)?),
        }),
    }
}

/// The questions of ours that are asked under a condition of the host, at every row, and whether that condition closes them.
pub(crate) fn closed(checking: &Checking<'_>) -> Vec<(At, bool)> {
    let plan = checking.host.plan;
    let mut places = Vec::new();
    for (number, subject) in plan.subjects.iter().enumerate() {
        let Some(question) = subject.question else { continue };
        let as_whole = question.row().group.map(|_| At::once(question));
        for at in as_whole.into_iter().chain(checking.everywhere(question)) {
            let index = checking.index_of(at);
            if plan.entry(number, index).is_some_and(|entry| entry.target.is_some()) {
                places.push((at, !is_asked(checking, number, index)));
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
        && let (Some(target), Some(when), Some(field)) = (entry.target, &entry.spec.said.when, &entry.spec.waits_for)
    {
        let row = field.index.or(index);
        // For a list as a whole, a condition on a field of the same row is neither here nor there.
        if field.list().is_some() && row.is_none() {
            return true;
        }
        index = field.list().and(row);
        subject = match target {
            Target::Question(question) => return question_holds(checking, question, index, &when.is),
            Target::Subject(next) => next,
        };
        if let Some(question) = plan.subjects.get(subject).and_then(|subject| subject.question) {
            return question_holds(checking, question, index, &when.is);
        }
        let holds = |entry: &Entry<'_>| field_holds(entry, host.cell(subject, index), &when.is);
        if !plan.entry(subject, index).is_some_and(holds) {
            return false;
        }
    }
    true
}

/// True when a question of ours, if it is asked and applies, holds one of the texts.
fn question_holds(checking: &Checking<'_>, question: Question, index: Option<u16>, is: &[String]) -> bool {
    let Some(at) = place(checking, question, index) else {
        return false;
    };
    // What the page does not have, nobody can answer: that part of a condition counts as true. Onboarding.md 4.3.
    if checking.is_left_out(at) {
        return true;
    }
    let value = checking.value(at);
    is.iter().any(|text| {
        let wanted = value::read(question, &Cell::One(text), checking.context);
        match (value, &wanted) {
            (
                Value::Options { set, others, .. },
                Value::Options {
                    set: one,
                    others: other,
                    all: true,
                },
            ) => set & one != 0 || (*others && *other && holds_item(checking, question, index, text)),
            (Value::Status { status, .. }, Value::Status { status: one, .. }) => status == one,
            _ => is_same(value, &wanted, text),
        }
    })
}

/// True when an option of the host is among the items of a list of choices. The value only says that there are some.
fn holds_item(checking: &Checking<'_>, question: Question, index: Option<u16>, text: &str) -> bool {
    let wanted = option_text(text);
    let cell = checking.submission.cell(question, index);
    cell.is_some_and(|cell| cell.items().any(|item| option_text(item) == wanted))
}

/// True when a field of the host's own holds one of the texts.
fn field_holds(entry: &Entry<'_>, cell: &Cell<'_>, is: &[String]) -> bool {
    let among = |item: &str| {
        let item = option_text(item);
        entry.spec.has_option(&item) && is.iter().any(|text| option_text(text) == item)
    };
    match entry.kind {
        Kind::Choice => !cell.is_blank() && among(cell.first()),
        Kind::Choices => cell.items().any(among),
        kind => {
            let value = value::plain(kind, cell);
            is.iter()
                .any(|text| is_same(&value, &value::plain(kind, &Cell::One(text)), text))
        }
    }
}

/// True when a value is the one that is wanted. Texts are compared as options are; blank and unreadable are never it.
fn is_same(value: &Value<'_>, wanted: &Value<'_>, text: &str) -> bool {
    match (value, wanted) {
        (Value::Text(held), Value::Text(wanted)) => option_text(held) == option_text(wanted),
        (Value::List(held), _) => held.iter().any(|piece| option_text(piece) == option_text(text)),
        (Value::Blank, _) => false,
        (value, wanted) => !value.is_unreadable() && value == wanted,
    }
}
