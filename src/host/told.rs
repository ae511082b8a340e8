//! What is told of the host's own fields, in which order? The host's order; of rows, all of one row before the next.

use super::judging::{judge, suggests};
use super::when::is_asked;
use crate::context::Context;
use crate::finding::{Finding, Params};
use crate::form::checking::Checking;
use crate::form::report::own_words;
use crate::message::{filled, message};
use crate::tables::{GROUPS, Kind, RuleId};

/// A key of the host, and for a field of rows the index.
type At = (usize, Option<u16>);

/// The findings on the host's own fields.
pub(crate) fn findings(checking: &Checking<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, index) in places(checking) {
        if let Some(entry) = checking.host.plan.entries.get(number)
            && is_asked(checking, entry.subject, index)
        {
            about(checking, (number, index), &mut findings);
        }
    }
    findings
}

/// What is said of one field at one row.
fn about(checking: &Checking<'_>, (number, index): At, findings: &mut Vec<Finding>) {
    let context = checking.context;
    let Some(entry) = checking.host.plan.entries.get(number) else {
        return;
    };
    let general = entry.spec.name.general.as_str();
    let name = entry.spec.name.at(index);
    if !is_told(context, &name, general) {
        return;
    }
    let cell = checking.host.cell(entry.subject, index);
    let judged = judge(entry, cell, context, |rule| checking.language_of(rule));
    for (rule, params) in judged.raised {
        let row = rule.row();
        let words = match own_at(context, rule, &name, general) {
            Some(text) => filled(text, &params),
            None => message(rule, entry.kind == Kind::DsptCode, &params, context.language),
        };
        findings.push(Finding {
            rule: row.id.as_str(),
            question: name.clone(),
            severity: context.changes.severity(rule).unwrap_or(row.severity),
            message: words,
            params: Params(params),
            parts: judged.parts.clone(),
            review: row.review,
            suggestion: judged.suggestion.clone().filter(|_| suggests(rule)),
        });
    }
}

/// The host's own text for a rule: at this row, else at this field, else for the rule.
fn own_at<'a>(context: &'a Context, rule: RuleId, name: &str, general: &str) -> Option<&'a str> {
    let of_row = context
        .messages
        .iter()
        .find(|own| own.rule == rule && own.field.as_deref() == Some(name));
    match of_row {
        Some(own) => Some(&own.text),
        None => own_words(context, rule, |own| own.field.as_deref() == Some(general)),
    }
}

/// True when the field is one of those that are asked about.
fn is_told(context: &Context, name: &str, general: &str) -> bool {
    context.only.is_none() || context.only_fields.first(name).is_some() || context.only_fields.first(general).is_some()
}

/// Every place of the host's own fields, in the order of the report.
fn places(checking: &Checking<'_>) -> Vec<At> {
    let plan = checking.host.plan;
    let mut own = (0..)
        .zip(&plan.entries)
        .filter_map(|(number, entry): (usize, _)| {
            let subject = plan.subjects.get(entry.subject)?;
            subject.question.is_none().then_some((number, entry, subject))
        })
        .peekable();
    let mut places = Vec::new();
    while let Some((number, entry, subject)) = own.next() {
        let Some((list, _)) = subject.list else {
            places.push((number, None));
            continue;
        };
        // The keys of one list that follow each other share their rows.
        let in_list =
            |other: &(usize, _, &super::plan::Subject<'_>)| other.2.list.is_some_and(|(other, _)| other == list);
        let mut keys = vec![(number, entry, subject)];
        while let Some(next) = own.next_if(in_list) {
            keys.push(next);
        }
        let rows = rows(checking, list);
        let mut by_row: Vec<Vec<usize>> = Vec::new();
        let mut put = |index: u16, number: usize| {
            if by_row.len() <= usize::from(index) {
                by_row.resize(usize::from(index) + 1, Vec::new());
            }
            if let Some(row) = by_row.get_mut(usize::from(index)) {
                row.push(number);
            }
        };
        for (number, entry, subject) in keys {
            match entry.spec.name.index {
                Some(index) => put(index, number),
                None => {
                    // The key of one row speaks for that row instead.
                    for index in rows.iter().filter(|index| subject.of_row(**index).is_none()) {
                        put(*index, number);
                    }
                }
            }
        }
        for (index, row) in (0..).zip(by_row) {
            places.extend(row.into_iter().map(|number| (number, Some(index))));
        }
    }
    places
}

/// The rows of a list: those that came. Rows of a list of ours are there when anything in them is filled in, as ours are.
fn rows(checking: &Checking<'_>, list: usize) -> Vec<u16> {
    let name = checking.host.plan.lists.get(list).map_or("", |list| list.name);
    let ours = GROUPS.iter().position(|group| group.name == name);
    let mut rows: Vec<u16> = checking
        .host
        .rows(list)
        .filter(|(_, written)| *written || ours.is_none())
        .map(|(index, _)| index)
        .collect();
    let known = ours.and_then(|ours| checking.submission.rows.get(ours));
    for row in known.into_iter().flatten() {
        if !checking.host.has_written(list, row.index) {
            rows.push(row.index);
        }
    }
    rows
}
