//! What the rows of the ODS tables hold once they are built. Their meaning is told in `ods-*.toml`.

use super::{FAMILIES, FAMILY_IDS, FAMILY_NAMES, Text};
use crate::message::Language;
use crate::text::cut;

/// The place of a family in [`FAMILIES`], which is also its place among the kinds of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FamilyId(pub(crate) u8);

impl FamilyId {
    /// Of no family.
    pub(crate) const NONE: Self = Self(u8::MAX);

    /// The row of this family.
    pub(crate) fn row(self) -> &'static FamilyRow {
        static NONE: FamilyRow = FamilyRow {
            owner: None,
            types: 0,
            lookalike: false,
        };
        FAMILIES.get(usize::from(self.0)).unwrap_or(&NONE)
    }

    /// Its id.
    pub(crate) fn id(self) -> &'static str {
        let mut rest = FAMILY_IDS;
        for _ in 0..self.0 {
            rest = cut(rest, b'\n').unwrap_or_default().1;
        }
        cut(rest, b'\n').map_or(rest, |(id, _)| id)
    }

    /// Its name in a language; in English where a translator has not supplied another.
    pub(crate) fn name(self, language: Language) -> &'static str {
        FAMILY_NAMES
            .get(usize::from(self.0))
            .map_or("", |name| language.of(*name))
    }
}

/// Codes that have a shape in common.
#[derive(Debug)]
pub(crate) struct FamilyRow {
    pub(crate) owner: Option<OwnerRow>,
    /// One bit for each type of organisation whose codes are of this family, by its number among the options.
    pub(crate) types: u32,
    pub(crate) lookalike: bool,
}

/// Codes that begin with the code of another family.
#[derive(Debug)]
pub(crate) struct OwnerRow {
    pub(crate) family: FamilyId,
    pub(crate) characters: u8,
}

/// What is usual for a type of organisation.
#[derive(Debug)]
pub(crate) struct KindRow {
    /// True when any code fits.
    pub(crate) any_code: bool,
    /// How many characters its codes usually have, as a message says it.
    pub(crate) usual_length: Text,
    /// One bit for each of these numbers.
    pub(crate) lengths: u32,
}

/// A letter and a number that are taken for one another.
#[derive(Debug)]
pub(crate) struct TwinRow {
    pub(crate) letter: u8,
    pub(crate) number: u8,
    pub(crate) rare: bool,
}
