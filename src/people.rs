//! Who is named in the form? The users, privacy officers and their codes, gathered once so that many rows cost no more each.

use crate::form::checking::{At, Checking};
use crate::form::value::{Value, any_piece};
use crate::identifier;
use crate::sorted::Sorted;
use crate::tables::{Question, question};
use crate::text::{is_white_space, plain, tidied};

/// What rules about people compare.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// The first row of each UUID that is one.
    pub(crate) first_row_of: Sorted,
    officers: Sorted,
    /// At least one user is named, and every named user is a privacy officer.
    pub(crate) all_users_are_officers: bool,
    /// The first privacy officer row with a name, and how many have one.
    pub(crate) first_officer: Option<usize>,
    pub(crate) officer_count: usize,
    /// The first user row with activity codes, and every code of any row.
    pub(crate) first_with_codes: Option<usize>,
    pub(crate) activity_codes: Vec<String>,
}

impl People {
    pub(crate) fn of(checking: &Checking<'_>) -> Self {
        let mut people = Self::default();
        let officers = named(checking, question::SCR_PRIVACY_OFFICERS_NAME);
        people.first_officer = officers.first().map(|(_, row)| *row);
        people.officer_count = officers.len();
        people.officers = Sorted::new(officers);
        let users = named(checking, question::RA_USERS_NAME);
        people.all_users_are_officers = !users.is_empty();
        for (name, _) in users {
            people.all_users_are_officers &= people.officers.first(&name).is_some();
        }
        let mut uuids = Vec::new();
        for at in checking.everywhere(question::RA_USERS_UUID) {
            if let (Some(row), Some(uuid)) = (at.row(), checking.text(at).and_then(identifier::uuid)) {
                uuids.push((uuid, row));
            }
        }
        people.first_row_of = Sorted::new(uuids);
        for at in checking.everywhere(question::RA_USERS_ACTIVITY_CODES) {
            if let Value::List(codes) = checking.value(at) {
                people.first_with_codes = people.first_with_codes.or(at.row());
                any_piece(codes, &mut |code| {
                    people.activity_codes.push(tidied(code));
                    false
                });
            }
        }
        people
    }

    /// True when the person of this row is a privacy officer.
    pub(crate) fn is_officer(&self, checking: &Checking<'_>, at: At) -> bool {
        checking
            .text(at)
            .is_some_and(|text| self.officers.first(&name(text)).is_some())
    }
}

/// The names at a question as they are compared, each with its row.
fn named(checking: &Checking<'_>, question: Question) -> Vec<(String, usize)> {
    let mut named = Vec::new();
    for at in checking.everywhere(question) {
        if let (Some(row), Some(text)) = (at.row(), checking.text(at)) {
            let name = name(text);
            if !name.is_empty() {
                named.push((name, row));
            }
        }
    }
    named
}

/// A name as names are compared: folded, one space for each gap, small letters. Onboarding.md 3.7.
pub(crate) fn name(text: &str) -> String {
    plain(text, is_white_space)
}

/// True when two questions name the same person. Blank never equals blank.
pub(crate) fn same_name(checking: &Checking<'_>, one: Question, other: Question) -> bool {
    match (checking.text_of(one), checking.text_of(other)) {
        (Some(one), Some(other)) => name(one) == name(other),
        _ => false,
    }
}
