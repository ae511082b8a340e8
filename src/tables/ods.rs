//! What the rows of the ODS tables hold once they are built. Their meaning is told in `ods-*.toml`.

use super::{FAMILIES, FAMILY_TEXT_LENGTHS, FAMILY_TEXTS, Text};
use crate::message::Language;

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
        self.text(0)
    }

    /// Its name in a language; in English where a translator has not supplied another.
    pub(crate) fn name(self, language: Language) -> &'static str {
        let welsh = match language {
            Language::Welsh => self.text(2),
            Language::English => "",
        };
        if welsh.is_empty() { self.text(1) } else { welsh }
    }

    /// The texts stand one after the other: of each family its id, and its name in English and in Welsh.
    #[inline(never)]
    fn text(self, which: usize) -> &'static str {
        let mut start = 0;
        let mut left = 3 * usize::from(self.0) + which;
        for length in FAMILY_TEXT_LENGTHS {
            let end = start + usize::from(*length);
            if left == 0 {
                return FAMILY_TEXTS.get(start..end).unwrap_or_default();
            }
            left -= 1;
            start = end;
        }
        ""
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
