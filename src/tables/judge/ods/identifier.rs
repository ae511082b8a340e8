//! Is each reference of another kind true to its own evidence, and does its rule exist?

use std::collections::BTreeSet;

use super::super::rules::{BASES, one_of};
use super::super::{Problem, Table};
use super::format::{Examples, judge_id, judge_pattern};
use super::{IDENTIFIERS, Identifiers, POSTCODE, ReadIdentifier};

pub(super) fn judge_identifiers<'a>(
    table: &'a Table<Identifiers>,
    rules: &BTreeSet<String>,
    problems: &mut Vec<Problem>,
) -> Vec<ReadIdentifier<'a>> {
    let places = &table.places;
    let mut ids = BTreeSet::new();
    let mut read = Vec::new();
    for row in &table.rows.identifier {
        let id = row.id.get_ref().as_str();
        judge_id(&row.id, &mut ids, "identifier", places, problems);
        one_of(&row.basis, BASES, "basis", places, problems);
        if row.what.get_ref().trim().is_empty() {
            problems.push(places.problem(
                &row.what,
                format!("{id} does not say what it is"),
                "name it for the reader",
            ));
        }
        if !rules.contains(row.rule.get_ref()) {
            problems.push(places.problem(
                &row.rule,
                format!("{id} calls for the rule {}, which does not exist", row.rule.get_ref()),
                "name a rule of src/tables/rules/ods.toml, or add it there",
            ));
        }
        let shapes = judge_pattern(id, &row.pattern, places, problems);
        if !shapes.is_empty() {
            let examples = Examples {
                fit: [&row.accept, &row.published, &row.invented],
                unfit: &row.refuse,
            };
            examples.judge(&row.id, &shapes, places, problems);
        }
        read.push(ReadIdentifier { row, id, shapes });
    }
    if !ids.contains(POSTCODE) {
        problems.push(Problem::new(
            IDENTIFIERS,
            0,
            format!("the identifier {POSTCODE} is missing, which the code asks for by name"),
            "put the row back, or change src/ods as well",
        ));
    }
    read
}
