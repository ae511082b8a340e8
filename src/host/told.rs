//! What is told of the host's own fields, in which order? The host's order; of rows, all of one row before the next.

use super::answered::Host;
use super::judging::Judging;
use super::plan::Entry;
use super::when::is_asked;
use crate::finding::Finding;
use crate::form::checking::Checking;
use crate::form::submission::Row;
use crate::sorted::Sorted;
use crate::tables::GROUPS;

/// A key of the host, and for a field of rows the index.
type At = (usize, Option<u16>);

/// The findings on the host's own fields.
#[inline(never)]
pub(crate) fn findings(checking: &Checking<'_>, findings: &mut Vec<Finding>) {
    if checking.host.plan.entries().is_empty() {
        return;
    }
    let context = checking.context;
    let only = context.only.is_some().then(|| {
        let named = context.said.list("only").iter();
        Sorted::new(named.map(|name| (name.text.clone(), 0)).collect())
    });
    for (number, index) in &places(checking) {
        let index = *index;
        if let Some(entry) = checking.host.plan.entries().get(*number)
            && is_asked(checking, entry.subject, index)
        {
            let name = entry.spec.name.at(index);
            let is_named = |only: &Sorted| only.first(&name).or(only.first(&entry.spec.name.general)).is_some();
            if only.as_ref().is_none_or(is_named) {
                let cell = checking.host.cell(entry.subject, index);
                Judging::new(checking, entry, &name, findings).judge(cell);
            }
        }
    }
}

/// Every place of the host's own fields, in the order of the report.
fn places(checking: &Checking<'_>) -> Vec<At> {
    let mut places = Vec::new();
    // The keys of one list that follow each other share its rows: by index, the keys that speak of each.
    let mut keys = Vec::new();
    let mut list_before = None;
    let mut rows = Vec::new();
    for (number, entry) in checking.host.plan.entries().iter().enumerate() {
        if entry.question.is_some() {
            continue;
        }
        let list = entry.list.map(|(list, _)| list);
        if list != list_before {
            end_run(&mut keys, &mut places);
            list_before = list;
            rows = list.map_or_else(Vec::new, |list| Rows::of(checking, list).all());
        }
        match list {
            None => places.push((number, None)),
            Some(_) => put(checking, &rows, number, entry, &mut keys),
        }
    }
    end_run(&mut keys, &mut places);
    places
}

/// Puts a key at every row of which it speaks.
fn put(checking: &Checking<'_>, rows: &[u16], number: usize, entry: &Entry<'_>, keys: &mut Vec<Vec<usize>>) {
    let own = entry.spec.name.index.as_slice();
    for index in if own.is_empty() { rows } else { own } {
        // The key of one row speaks for that row instead.
        let speaks = !own.is_empty() || checking.host.plan.key(entry.subject, Some(*index)).is_none();
        while keys.len() <= usize::from(*index) {
            keys.push(Vec::new());
        }
        if let Some(keys) = keys.get_mut(usize::from(*index)).filter(|_| speaks) {
            keys.push(number);
        }
    }
}

/// Moves what was put by row to the places.
#[inline(never)]
fn end_run(keys: &mut Vec<Vec<usize>>, places: &mut Vec<At>) {
    for (index, numbers) in keys.iter().enumerate() {
        for number in numbers {
            places.push((*number, u16::try_from(index).ok()));
        }
    }
    keys.clear();
}

/// The rows of a list: those that came. Rows of a list of ours are there when anything in them is filled in, as ours are.
struct Rows<'a> {
    host: &'a Host<'a>,
    list: usize,
    ours: Option<&'a [Row<'a>]>,
}

impl<'a> Rows<'a> {
    fn of(checking: &'a Checking<'a>, list: usize) -> Self {
        let host = checking.host;
        let name = host.plan.lists().get(list).map_or("", |list| list.name);
        let mut ours = None;
        for (group, rows) in GROUPS.iter().zip(&checking.submission.rows) {
            if group.name == name {
                ours = Some(rows.as_slice());
            }
        }
        Self { host, list, ours }
    }

    /// The index after the last row.
    fn end(&self) -> u16 {
        let ours = self.ours.and_then(|rows| rows.last());
        let own = self.host.end(self.list);
        ours.map_or(own, |row| own.max(row.index + 1))
    }

    /// The indexes of all that are there.
    fn all(&self) -> Vec<u16> {
        (0..self.end()).filter(|index| self.has(*index)).collect()
    }

    fn has(&self, index: u16) -> bool {
        let own = self.host.row(self.list, index);
        match self.ours {
            None => own.is_some(),
            Some(ours) => {
                own.is_some_and(|row| !row.is_blank()) || ours.binary_search_by_key(&index, |row| row.index).is_ok()
            }
        }
    }
}
