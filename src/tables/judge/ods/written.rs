//! How do the rows look as Rust? Small: everything here is downloaded by each page.

use super::super::pattern::{self, Set, Shape};
use super::list::{code_point, usual_lengths};
use super::{Family, KindOfOrganisation, Lookalikes, NAMED, POSTCODE, ReadIdentifier};

/// The distinct sets of all patterns. A shape is written as bytes: the number of its row, then of each of its sets.
#[derive(Default)]
pub(super) struct Shapes {
    classes: Vec<Set>,
}

impl Shapes {
    fn class(&mut self, set: Set) -> usize {
        if let Some(known) = self.classes.iter().position(|class| *class == set) {
            return known;
        }
        self.classes.push(set);
        self.classes.len() - 1
    }

    /// For each length from none upwards, the shapes of that length one after the other.
    fn by_length<'a>(&mut self, rows: impl Iterator<Item = (usize, &'a [Shape])>) -> String {
        let mut lists: Vec<String> = Vec::new();
        for (row, shapes) in rows {
            for shape in shapes {
                while lists.len() <= shape.len() {
                    lists.push(String::new());
                }
                let numbers: Vec<String> = shape.iter().map(|set| self.class(*set).to_string()).collect();
                if let Some(list) = lists.get_mut(shape.len()) {
                    list.push_str(&format!("{row}, {}, ", numbers.join(", ")));
                }
            }
        }
        let lists: Vec<String> = lists
            .iter()
            .map(|list| format!("    &[{}],\n", list.trim_end_matches(", ")))
            .collect();
        format!("&[\n{}]", lists.concat())
    }

    pub(super) fn classes_as_rust(&self) -> String {
        let sets: Vec<String> = self.classes.iter().map(|set| format!("{set:#x}")).collect();
        format!("pub(crate) static CLASSES: &[u64] = &[{}];\n", sets.join(", "))
    }
}

pub(super) fn families_as_rust(families: &[Family<'_>], shapes: &mut Shapes) -> String {
    let place_of = |id: &str| families.iter().position(|family| family.id == id).unwrap_or_default();
    let mut rows = String::new();
    for family in families {
        let owner = family.row.owner.as_ref().map(|owner| owner.get_ref());
        let owner = owner.map_or("None".to_owned(), |owner| {
            format!(
                "Some(OwnerRow {{ family: FamilyId({}), characters: {} }})",
                place_of(&owner.family),
                owner.characters
            )
        });
        let name = family.row.name.get_ref();
        rows.push_str(&format!(
            "    FamilyRow {{ id: {:?}, en: {:?}, cy: {:?}, owner: {owner}, lookalike: {} }},\n",
            family.id, name.en, name.cy, family.row.lookalike
        ));
    }
    let named: Vec<String> = NAMED
        .iter()
        .map(|id| {
            format!(
                "    pub(crate) const {}: FamilyId = FamilyId({});\n",
                id.to_uppercase(),
                place_of(id)
            )
        })
        .collect();
    let mut chosen = |in_use: bool| {
        let rows = families
            .iter()
            .enumerate()
            .filter(|(_, family)| family.in_use == in_use);
        shapes.by_length(rows.map(|(at, family)| (at, family.shapes.as_slice())))
    };
    let in_use = chosen(true);
    let retired = chosen(false);
    format!(
        "pub(crate) static FAMILIES: &[FamilyRow] = &[\n{rows}];\n\npub(crate) mod family {{\n    use super::FamilyId;\n{}}}\n\n\
         pub(crate) static SHAPES_IN_USE: &[&[u8]] = {in_use};\npub(crate) static SHAPES_RETIRED: &[&[u8]] = {retired};\n\
         pub(crate) const MOST_KINDS: usize = {};\n",
        named.concat(),
        most_kinds(families, true).max(most_kinds(families, false)),
    )
}

/// The greatest number of families that share one code.
fn most_kinds(families: &[Family<'_>], in_use: bool) -> usize {
    fn deeper(shape: &[Set], rest: &[&Family<'_>]) -> usize {
        rest.iter()
            .enumerate()
            .flat_map(|(at, family)| family.shapes.iter().map(move |other| (at, other)))
            .filter_map(|(at, other)| Some((at, pattern::common(shape, other)?)))
            .map(|(at, both)| 1 + deeper(&both, rest.get(at + 1..).unwrap_or_default()))
            .max()
            .unwrap_or_default()
    }
    let chosen: Vec<&Family<'_>> = families.iter().filter(|family| family.in_use == in_use).collect();
    let all: Vec<Shape> = (3..=9).map(|length| vec![Set::MAX; length]).collect();
    all.iter().map(|shape| deeper(shape, &chosen)).max().unwrap_or_default()
}

pub(super) fn identifiers_as_rust(identifiers: &[ReadIdentifier<'_>], shapes: &mut Shapes) -> String {
    let (postcodes, others): (Vec<_>, Vec<_>) = identifiers.iter().partition(|row| row.id == POSTCODE);
    let rules: Vec<String> = others
        .iter()
        .map(|row| format!("rule::{}", row.row.rule.get_ref().replace('-', "_")))
        .collect();
    let mut written = |rows: &[&ReadIdentifier<'_>]| {
        shapes.by_length(rows.iter().enumerate().map(|(at, row)| (at, row.shapes.as_slice())))
    };
    let other_shapes = written(&others);
    let postcode_shapes = written(&postcodes);
    format!(
        "pub(crate) static IDENTIFIER_RULES: &[RuleId] = &[{}];\npub(crate) static SHAPES_OF_IDENTIFIERS: &[&[u8]] = {other_shapes};\n\
         pub(crate) static SHAPES_OF_POSTCODES: &[&[u8]] = {postcode_shapes};\n",
        rules.join(", ")
    )
}

pub(super) fn kinds_as_rust(kinds: &[KindOfOrganisation], families: &[Family<'_>]) -> String {
    let mut rows = String::new();
    for kind in kinds {
        let formats: Vec<String> = kind
            .formats
            .iter()
            .flat_map(|list| list.get_ref())
            .filter_map(|id| families.iter().position(|family| family.id == id.get_ref()))
            .map(|place| format!("FamilyId({place})"))
            .collect();
        let usual = kind.usual_length.as_ref().map(|usual| usual.get_ref().as_str());
        let usual = usual.map_or("None".to_owned(), |text| {
            format!(
                "Some(UsualLength {{ text: {text:?}, lengths: &{:?} }})",
                usual_lengths(text)
            )
        });
        rows.push_str(&format!(
            "    KindRow {{ organisation_type: {:?}, families: &[{}], usual_length: {usual} }},\n",
            kind.organisation_type.get_ref(),
            formats.join(", ")
        ));
    }
    format!("pub(crate) static KINDS: &[KindRow] = &[\n{rows}];\n")
}

pub(super) fn lookalikes_as_rust(table: &Lookalikes) -> String {
    let twins: Vec<String> = table
        .twin
        .iter()
        .map(|row| {
            format!(
                "TwinRow {{ letter: b'{}', number: b'{}', rare: {} }}",
                row.letter.get_ref(),
                row.number.get_ref(),
                row.rare
            )
        })
        .collect();
    let mut characters: Vec<(char, &str)> = table
        .characters
        .row
        .iter()
        .filter_map(|row| Some((code_point(row.code_point.get_ref())?, row.reads_as.get_ref().as_str())))
        .collect();
    characters.sort_unstable();
    let from: Vec<char> = characters.iter().map(|(from, _)| *from).collect();
    let readings: String = characters.iter().map(|(_, reading)| *reading).collect();
    format!(
        "pub(crate) static TWINS: &[TwinRow] = &[{}];\npub(crate) static LOOKALIKE_CHARACTERS: &[char] = &{from:?};\n\
         pub(crate) static LOOKALIKE_READINGS: &[u8] = b{readings:?};\n",
        twins.join(", ")
    )
}
