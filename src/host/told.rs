//! What is told of the host's own fields, in which order? The host's order; of rows, all of one row before the next.

use super::judging::{judge, suggests};
use super::when::is_asked;
use crate::context::Context;
use crate::finding::{Finding, Params};
use crate::form::checking::Checking;
use crate::form::report::own_words;
use crate::form::submission::Row;
use crate::message::{filled, message};
use crate::tables::{GROUPS, Kind};

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
#[inline(never)]
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
        let words = match own_words(context, rule, None, Some((&name, general))) {
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

/// True when the field is one of those that are asked about.
fn is_told(context: &Context, name: &str, general: &str) -> bool {
    context.only.is_none() || context.only_fields.first(name).is_some() || context.only_fields.first(general).is_some()
}

/// Every place of the host's own fields, in the order of the report.
fn places(checking: &Checking<'_>) -> Vec<At> {
    let plan = checking.host.plan;
    let mut places = Vec::new();
    // The keys of one list that follow each other share their rows: by index, the keys that speak of each.
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut list_before = None;
    for (number, entry) in plan.entries.iter().enumerate() {
        let Some(subject) = plan.subjects.get(entry.subject) else {
            continue;
        };
        if subject.question.is_some() {
            continue;
        }
        let list = subject.list.map(|(list, _)| list);
        if list != list_before {
            end_run(&mut rows, &mut places);
            list_before = list;
        }
        match (list, entry.spec.name.index) {
            (None, _) => places.push((number, None)),
            (Some(_), Some(index)) => put(&mut rows, index, number),
            (Some(list), None) => {
                for index in indexes(checking, list) {
                    // The key of one row speaks for that row instead.
                    if subject.of_row(index).is_none() {
                        put(&mut rows, index, number);
                    }
                }
            }
        }
    }
    end_run(&mut rows, &mut places);
    places
}

fn put(rows: &mut Vec<Vec<usize>>, index: u16, number: usize) {
    while rows.len() <= usize::from(index) {
        rows.push(Vec::new());
    }
    if let Some(row) = rows.get_mut(usize::from(index)) {
        row.push(number);
    }
}

/// Moves what was put by row to the places.
fn end_run(rows: &mut Vec<Vec<usize>>, places: &mut Vec<At>) {
    for (index, row) in (0..).zip(rows.iter()) {
        for number in row {
            places.push((*number, Some(index)));
        }
    }
    rows.clear();
}

/// The rows of a list: those that came. Rows of a list of ours are there when anything in them is filled in, as ours are.
fn indexes(checking: &Checking<'_>, list: usize) -> Vec<u16> {
    let host = checking.host;
    let name = host.plan.lists.get(list).map_or("", |list| list.name);
    let ours = GROUPS.iter().position(|group| group.name == name);
    let ours = ours.and_then(|ours| checking.submission.rows.get(ours));
    let mut indexes = Vec::new();
    for row in host.rows(list) {
        if ours.is_none() || !row.is_blank() {
            indexes.push(row.index);
        }
    }
    for row in ours.into_iter().flatten() {
        if host.row(list, row.index).is_none_or(Row::is_blank) {
            indexes.push(row.index);
        }
    }
    indexes
}
