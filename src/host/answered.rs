//! What was answered in the host's own fields? `form/submission.rs` reads the names; here is where the answers stand.

use super::name::Name;
use super::plan::Plan;
use crate::form::submission::{Cell, Row, blank_cells, row_index, row_mut};
use crate::tables::Kind;
use crate::text::{concat, cut};

/// The rows of a list, as the page has them: also those in which nothing is written.
#[derive(Debug, Default)]
struct Rows<'a> {
    /// Where the row of an index stands.
    places: Vec<Option<usize>>,
    rows: Vec<Row<'a>>,
}

/// The fields of the host in one form, with what was answered.
#[derive(Debug)]
pub(crate) struct Host<'a> {
    pub(crate) plan: &'a Plan<'a>,
    /// By the number of the subject; blank for questions of ours and for fields of rows.
    cells: Vec<Cell<'a>>,
    lists: Vec<Rows<'a>>,
}

static BLANK: Cell<'static> = Cell::Blank;

impl<'a> Host<'a> {
    pub(crate) fn new(plan: &'a Plan<'a>) -> Self {
        let own = if plan.has_own() { plan.entries().len() } else { 0 };
        let mut lists = Vec::new();
        while lists.len() < plan.lists().len() {
            lists.push(Rows::default());
        }
        Self {
            plan,
            cells: blank_cells(own),
            lists,
        }
    }

    /// What stands at a field of the host's own.
    pub(crate) fn cell(&self, subject: usize, index: Option<u16>) -> &Cell<'a> {
        let list = self.plan.list(subject);
        let cell = match (list, index) {
            (Some((list, place)), Some(index)) => self.row(list, index).and_then(|row| row.cells.get(place)),
            _ => self.cells.get(subject),
        };
        cell.unwrap_or(&BLANK)
    }

    /// The same, to be written; then the row is there.
    pub(crate) fn cell_mut(&mut self, subject: usize, index: Option<u16>) -> Option<&mut Cell<'a>> {
        let list = self.plan.list(subject);
        match (list, index) {
            (Some((list, place)), Some(index)) => self.row_mut(list, index)?.cells.get_mut(place),
            _ => self.cells.get_mut(subject),
        }
    }

    #[inline(never)]
    pub(crate) fn row(&self, list: usize, index: u16) -> Option<&Row<'a>> {
        let rows = self.lists.get(list)?;
        let at = rows.places.get(usize::from(index)).copied().flatten()?;
        rows.rows.get(at)
    }

    fn row_mut(&mut self, list: usize, index: u16) -> Option<&mut Row<'a>> {
        let size = self.plan.lists().get(list)?.size;
        let rows = self.lists.get_mut(list)?;
        row_mut(&mut rows.rows, &mut rows.places, index, size)
    }

    /// The index after the last row of a list that came.
    pub(crate) fn end(&self, list: usize) -> u16 {
        let end = self.lists.get(list).map_or(0, |rows| rows.places.len());
        u16::try_from(end).unwrap_or(u16::MAX)
    }

    /// `sites[0]` with nothing in it is a row all the same.
    pub(crate) fn take_empty_row(&mut self, name: &str) -> bool {
        let Some((list, index)) = name.strip_suffix(']').and_then(|name| cut(name, b'[')) else {
            return false;
        };
        let known = self.plan.lists().iter().position(|known| known.name == list);
        match (known, row_index(index)) {
            (Some(list), Some(index)) => self.row_mut(list, index).is_some(),
            _ => false,
        }
    }

    /// True when the host's own fields stand in rows of that name.
    pub(crate) fn is_list(&self, name: &str) -> bool {
        self.plan.lists().iter().any(|list| list.name == name)
    }

    /// True when some field of the host's own stands below this path.
    pub(crate) fn leads_on(&self, path: &str) -> bool {
        if !self.plan.has_own() {
            return false;
        }
        // `sites[3]` is `sites[]` in the names; `x` after it stands for whatever follows.
        let name = Name::read(&concat(&[path, ".x"])).general;
        let path = name.strip_suffix(".x").unwrap_or(path);
        self.plan.any_own_begins(&concat(&[path, "."])) || self.plan.any_own_begins(&concat(&[path, "[]."]))
    }

    /// The field of the host's own that a name stands for, and the index of its row.
    pub(crate) fn resolve(&self, name: &str) -> Option<(usize, Option<u16>)> {
        if !self.plan.has_own() {
            return None;
        }
        let name = Name::read(name);
        let at = self.plan.named(&name.general)?;
        let first = self.plan.first(at)?;
        let fits = first.question.is_none()
            && first.list.is_some() == name.index.is_some()
            && self.plan.entry(at, name.index).is_some();
        fits.then_some((at, name.index))
    }

    /// How the answer at a field is read.
    pub(crate) fn kind(&self, subject: usize, index: Option<u16>) -> Kind {
        self.plan.entry(subject, index).map_or(Kind::Text, |entry| entry.kind)
    }
}
