//! How do the rows look as Rust? Small: everything here is downloaded by each page.

use super::super::pattern::{self, Set, Shape};
use super::list::{code_point, usual_lengths};
use super::{Family, KindOfOrganisation, Lookalikes, NAMED, POSTCODE, ReadIdentifier};

/// All that a text can be known as. A shape is written as bytes: the number of what it is a shape of, then what stands at
/// each place. That is a letter or a number itself, or the place of a set of them, counted from [`SETS_FROM`].
#[derive(Default)]
pub(super) struct Shapes {
    sets: Vec<Set>,
    /// For each length from none upwards, the shapes of that length one after the other. The compiler refuses what is no byte.
    by_length: Vec<Vec<usize>>,
}

/// No character of a code is that far.
const SETS_FROM: usize = 128;

impl Shapes {
    fn place(&mut self, set: Set) -> usize {
        if set.is_power_of_two() {
            return bits(set).trailing_zeros() as usize + usize::from(b' ');
        }
        let at = self.sets.iter().position(|known| *known == set).unwrap_or_else(|| {
            self.sets.push(set);
            self.sets.len() - 1
        });
        SETS_FROM + at
    }

    /// Adds a shape of what has this number. Shapes are added in the order of their numbers.
    fn add(&mut self, number: usize, shape: &[Set]) {
        let mut bytes = vec![number];
        for set in shape {
            bytes.push(self.place(*set));
        }
        if self.by_length.len() <= shape.len() {
            self.by_length.resize(shape.len() + 1, Vec::new());
        }
        if let Some(list) = self.by_length.get_mut(shape.len()) {
            list.append(&mut bytes);
        }
    }

    pub(super) fn as_rust(&self) -> String {
        let lists: Vec<String> = self.by_length.iter().map(|list| format!("    &{list:?},\n")).collect();
        let sets: Vec<String> = self.sets.iter().map(|set| format!("{:#x}", bits(*set))).collect();
        format!(
            "pub(crate) static SHAPES: &[&[u8]] = &[\n{}];\npub(crate) const SETS_FROM: u8 = {SETS_FROM};\n\
             pub(crate) static SETS: &[u64] = &[{}];\n",
            lists.concat(),
            sets.join(", ")
        )
    }
}

/// A set as it is asked for: a bit for each character from the space on.
fn bits(set: Set) -> u64 {
    let (digits, capitals) = (set & 0x3FF, set >> 10);
    digits << (b'0' - b' ') | capitals << (b'A' - b' ')
}

/// Families in use stand before those that are retired, so that a number says which it is.
pub(super) fn in_order<'a, 'b>(families: &'b [Family<'a>]) -> Vec<&'b Family<'a>> {
    let (in_use, retired): (Vec<_>, Vec<_>) = families.iter().partition(|family| family.in_use);
    in_use.into_iter().chain(retired).collect()
}

fn place_of(id: &str, families: &[&Family<'_>]) -> usize {
    families.iter().position(|family| family.id == id).unwrap_or_default()
}

pub(super) fn families_as_rust(
    families: &[&Family<'_>],
    kinds: &[KindOfOrganisation],
    types: &[String],
    shapes: &mut Shapes,
) -> String {
    let mut rows = String::new();
    let mut ids = Vec::new();
    let mut names = String::new();
    for (number, family) in families.iter().enumerate() {
        let owner = family.row.owner.as_ref().map(|owner| owner.get_ref());
        let owner = owner.map_or("None".to_owned(), |owner| {
            format!(
                "Some(OwnerRow {{ family: FamilyId({}), characters: {} }})",
                place_of(&owner.family, families),
                owner.characters
            )
        });
        let usual: u32 = kinds
            .iter()
            .filter(|kind| formats_of(kind).any(|id| id == family.id))
            .filter_map(|kind| types.iter().position(|name| name == kind.organisation_type.get_ref()))
            .map(|at| 1 << at)
            .sum();
        rows.push_str(&format!(
            "    FamilyRow {{ owner: {owner}, types: {usual:#x}, lookalike: {} }},\n",
            family.row.lookalike
        ));
        ids.push(family.id);
        names.push_str(&format!("    {},\n", family.row.name.rust()));
        for shape in &family.shapes {
            shapes.add(number, shape);
        }
    }
    let mut named = String::new();
    for id in NAMED {
        named.push_str(&constant(
            &id.to_uppercase(),
            "FamilyId",
            &format!("FamilyId({})", place_of(id, families)),
        ));
    }
    let in_use = families.iter().filter(|family| family.in_use).count();
    named.push_str(&constant("FIRST_RETIRED", "u8", &in_use.to_string()));
    format!(
        "static FAMILY_IDS: &str = {:?};\nstatic FAMILY_NAMES: &[Words] = &[\n{names}];\n\
         pub(crate) static FAMILIES: &[FamilyRow] = &[\n{rows}];\n\npub(crate) mod family {{\n    use super::FamilyId;\n{named}}}\n\n\
         pub(crate) const MOST_KINDS: usize = {};\n",
        ids.join("\n"),
        most_kinds(families, true).max(most_kinds(families, false)),
    )
}

fn constant(name: &str, kind: &str, value: &str) -> String {
    format!("    pub(crate) const {name}: {kind} = {value};\n")
}

fn formats_of(kind: &KindOfOrganisation) -> impl Iterator<Item = &str> {
    kind.formats
        .iter()
        .flat_map(|list| list.get_ref())
        .map(|id| id.get_ref().as_str())
}

/// The greatest number of families that share one code.
fn most_kinds(families: &[&Family<'_>], in_use: bool) -> usize {
    fn deeper(shape: &[Set], rest: &[&Family<'_>]) -> usize {
        rest.iter()
            .enumerate()
            .flat_map(|(at, family)| family.shapes.iter().map(move |other| (at, other)))
            .filter_map(|(at, other)| Some((at, pattern::common(shape, other)?)))
            .map(|(at, both)| 1 + deeper(&both, rest.get(at + 1..).unwrap_or_default()))
            .max()
            .unwrap_or_default()
    }
    let chosen: Vec<&Family<'_>> = families
        .iter()
        .copied()
        .filter(|family| family.in_use == in_use)
        .collect();
    let all: Vec<Shape> = (3..=9).map(|length| vec![Set::MAX; length]).collect();
    all.iter().map(|shape| deeper(shape, &chosen)).max().unwrap_or_default()
}

/// The words and the references of other kinds: a bit for each, in the order of their numbers, which follow those of the
/// families. Of two references that a text can be, the first is told.
pub(super) fn others_as_rust(
    first: usize,
    words: &[(&str, Vec<&str>)],
    identifiers: &[ReadIdentifier<'_>],
    shapes: &mut Shapes,
) -> String {
    let mut bits = constant("FIRST", "u8", &first.to_string());
    // Of no row: true of a shape in use.
    bits.push_str(&constant("IN_USE", "u32", "1 << 31"));
    let mut number = first;
    let bit = |number: usize| (1_u32 << (number - first)).to_string();
    for (name, words) in words {
        for word in words {
            let shape: Option<Shape> = word.chars().map(pattern::bit).collect();
            shapes.add(number, &shape.unwrap_or_default());
        }
        bits.push_str(&constant(name, "u32", &bit(number)));
        number += 1;
    }
    let (postcodes, others): (Vec<_>, Vec<_>) = identifiers.iter().partition(|row| row.id == POSTCODE);
    for row in &postcodes {
        for shape in &row.shapes {
            shapes.add(number, shape);
        }
    }
    bits.push_str(&constant("POSTCODE", "u32", &bit(number)));
    number += 1;
    bits.push_str(&constant("FIRST_IDENTIFIER", "u32", &(number - first).to_string()));
    let mut rules = Vec::new();
    for row in others {
        for shape in &row.shapes {
            shapes.add(number, shape);
        }
        rules.push(format!("rule::{}", row.row.rule.get_ref().replace('-', "_")));
        number += 1;
    }
    format!(
        "pub(crate) mod known {{\n{bits}}}\n\npub(crate) static IDENTIFIER_RULES: &[RuleId] = &[{}];\n",
        rules.join(", ")
    )
}

/// In the order of the options, so that the number of an option finds its row.
pub(super) fn kinds_as_rust(kinds: &[KindOfOrganisation], types: &[String]) -> String {
    let mut rows = String::new();
    for kind in types
        .iter()
        .filter_map(|name| kinds.iter().find(|kind| kind.organisation_type.get_ref() == name))
    {
        let usual = kind.usual_length.as_ref().map(|usual| usual.get_ref().as_str());
        let lengths: u32 = usual.map_or(0, |text| usual_lengths(text).iter().map(|length| 1 << length).sum());
        rows.push_str(&format!(
            "    KindRow {{ any_code: {}, usual_length: Text({:?}), lengths: {lengths:#x} }},\n",
            kind.formats.is_none(),
            usual.unwrap_or_default()
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
    let mut rows = String::new();
    let mut before = 0;
    for (character, reading) in characters {
        let mut further = u32::from(character) - before;
        while further > u32::from(u8::MAX) {
            rows.push_str(&format!("({}, 0), ", u8::MAX));
            further -= u32::from(u8::MAX);
        }
        rows.push_str(&format!("({further}, b'{reading}'), "));
        before = u32::from(character);
    }
    format!(
        "pub(crate) static TWINS: &[TwinRow] = &[{}];\n\
         /// How far a character is from the one before, and what it looks like; 0 for a step between two.\n\
         pub(crate) static LOOKALIKES: &[(u8, u8)] = &[{rows}];\n",
        twins.join(", ")
    )
}
