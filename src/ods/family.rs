//! Which families is a code of? Shapes and nothing else: a shape never says that a code exists.

use crate::tables::{
    CLASSES, FamilyId, IDENTIFIER_RULES, MOST_KINDS, RuleId, SHAPES_IN_USE, SHAPES_OF_IDENTIFIERS, SHAPES_OF_POSTCODES,
    SHAPES_RETIRED,
};

/// The families of one code, in the order of the table. The build script counted how many there can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Families {
    ids: [FamilyId; MOST_KINDS],
    count: u8,
}

impl Families {
    /// Of no family.
    pub(crate) const NONE: Self = Self {
        ids: [FamilyId(0); MOST_KINDS],
        count: 0,
    };

    /// The families in use that the whole of a code is of.
    pub(super) fn in_use(code: &str) -> Self {
        Self::found(SHAPES_IN_USE, code)
    }

    /// The retired families that the whole of a code is of.
    pub(super) fn retired(code: &str) -> Self {
        Self::found(SHAPES_RETIRED, code)
    }

    #[inline(never)]
    fn found(shapes: &[&'static [u8]], code: &str) -> Self {
        let mut families = Self::NONE;
        for shape in shapes_of_length(shapes, code.len()).filter(|shape| shape.fits(code)) {
            let id = FamilyId(shape.row);
            // Two alternatives of one pattern can fit the same code.
            if families.iter().last() == Some(id) {
                continue;
            }
            if let Some(place) = families.ids.get_mut(usize::from(families.count)) {
                *place = id;
                families.count += 1;
            }
        }
        families
    }

    /// The families, one by one.
    pub(crate) fn iter(&self) -> impl Iterator<Item = FamilyId> {
        self.ids.into_iter().take(usize::from(self.count))
    }

    /// True when the code is of none.
    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The family that is named first.
    pub(super) fn first(&self) -> Option<FamilyId> {
        self.iter().next()
    }

    /// True when the code is of this family.
    pub(super) fn contains(&self, id: FamilyId) -> bool {
        self.iter().any(|other| other == id)
    }
}

/// True when a code is of a family in use.
#[inline(never)]
pub(super) fn is_in_use(code: &str) -> bool {
    shapes_of_length(SHAPES_IN_USE, code.len()).any(|shape| shape.fits(code))
}

/// True when a code is written like a postcode.
pub(super) fn has_postcode_form(code: &str) -> bool {
    shapes_of_length(SHAPES_OF_POSTCODES, code.len()).any(|shape| shape.fits(code))
}

/// The rule that speaks of a code with the form of a reference of another kind.
pub(super) fn identifier(code: &str) -> Option<RuleId> {
    let row = shapes_of_length(SHAPES_OF_IDENTIFIERS, code.len())
        .filter(|shape| shape.fits(code))
        .map(|shape| shape.row)
        .min()?;
    IDENTIFIER_RULES.get(usize::from(row)).copied()
}

/// The shapes in use of one length, with their families.
pub(super) fn in_use_of_length(length: usize) -> impl Iterator<Item = (FamilyId, Shape)> {
    shapes_of_length(SHAPES_IN_USE, length).map(|shape| (FamilyId(shape.row), shape))
}

/// One alternative of a pattern.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    row: u8,
    /// A place in [`CLASSES`] for each character.
    classes: &'static [u8],
}

impl Shape {
    #[inline(never)]
    fn fits(self, code: &str) -> bool {
        self.places().zip(code.bytes()).all(|(place, byte)| place.allows(byte))
    }

    /// What is allowed at each place of a code.
    pub(super) fn places(self) -> impl Iterator<Item = Place> {
        self.classes.iter().map(|class| Place(*class))
    }
}

/// One place of a shape.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place(u8);

impl Place {
    /// True when a character may stand here.
    pub(super) fn allows(self, byte: u8) -> bool {
        let value = match byte {
            b'0'..=b'9' => byte - b'0',
            b'A'..=b'Z' => byte - b'A' + 10,
            _ => return false,
        };
        CLASSES
            .get(usize::from(self.0))
            .is_some_and(|allowed| (allowed >> value) & 1 == 1)
    }
}

fn shapes_of_length(shapes: &[&'static [u8]], length: usize) -> impl Iterator<Item = Shape> {
    let list = shapes.get(length).copied().unwrap_or_default();
    list.chunks_exact(length + 1).filter_map(|shape| {
        let (row, classes) = shape.split_first()?;
        Some(Shape { row: *row, classes })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::rule;

    #[test]
    fn a_code_with_the_forms_of_two_other_references_is_the_one_that_is_tried_first() {
        // Companies whose prefixes R0 and ZC are read as the start of a doctor's code and of an ICO number.
        assert_eq!(identifier("R0123456"), Some(rule::ODS_027));
        assert_eq!(identifier("ZC123456"), Some(rule::ODS_029));
        assert_eq!(identifier("RC123456"), Some(rule::ODS_030));
    }

    #[test]
    fn a_code_of_two_alternatives_of_one_family_is_of_it_once() {
        let scottish = Families::in_use("SD999");
        assert_eq!(scottish.iter().filter(|id| id.row().id == "scottish_body").count(), 1);
    }
}
