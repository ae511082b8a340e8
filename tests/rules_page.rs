//! Are the pages that people read about the rules as the tables have it? `src/tables/RULES.md` for reviewers,
//! `tests/golden/messages.txt` for whoever writes the words.

#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod blessed;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use ncrs_form_check::{Life, Messages, RuleInfo, rules};

/// The areas in the order of the forms, and the file of each.
const AREAS: &[(&str, &str, &str)] = &[
    ("JRN", "About this application", "journey"),
    ("ORG", "Your organisation", "organisation"),
    ("ODS", "ODS codes and DSPT codes", "ods"),
    ("CON", "Contacts and authorisation", "contacts"),
    ("PDS", "Access to PDS", "pds"),
    ("LEG", "Legal basis", "legal"),
    ("DSPT", "Data Security and Protection Toolkit (DSPT)", "dspt"),
    ("SCR", "Summary Care Records", "scr"),
    ("ACC", "Connection and sign in", "access"),
    ("RAU", "Registration Authority and users", "ra"),
    ("RAF", "Reasonable Adjustment flags", "reasonable-adjustments"),
    ("SUP", "Your product", "supplier"),
    ("DEC", "Declaration", "declaration"),
    ("GRD", "What no form may hold", "guards"),
    ("ANS", "Any question", "any-question"),
];

fn table(path: &str) -> toml::Table {
    let path = format!("{}/src/tables/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn rows(path: &str, name: &str) -> Vec<toml::Table> {
    let rows = table(path)[name].as_array().unwrap().clone();
    rows.into_iter().map(|row| row.as_table().unwrap().clone()).collect()
}

fn text<'a>(row: &'a toml::Table, column: &str) -> &'a str {
    row.get(column).and_then(toml::Value::as_str).unwrap_or_default()
}

fn list<'a>(row: &'a toml::Table, column: &str) -> Vec<&'a str> {
    let items = row.get(column).and_then(toml::Value::as_array);
    items.into_iter().flatten().filter_map(toml::Value::as_str).collect()
}

fn code(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// The title of a source and where it is; the text itself when it is no key.
fn source(key: &str, sources: &BTreeMap<String, toml::Table>) -> String {
    match sources.get(key) {
        Some(row) if text(row, "address").is_empty() => format!("{} (`{key}`; no stable address)", text(row, "page")),
        Some(row) => format!("{} (`{key}`; {})", text(row, "page"), text(row, "address")),
        None => key.to_owned(),
    }
}

#[test]
fn the_page_of_rules_is_current() {
    let sources: BTreeMap<String, toml::Table> = rows("sources.toml", "source")
        .into_iter()
        .map(|row| (text(&row, "id").to_owned(), row))
        .collect();
    let all = rules();
    let known: BTreeMap<&str, &RuleInfo> = all.iter().map(|rule| (rule.id, rule)).collect();
    let mut page = String::new();
    let count = |what: &dyn Fn(&RuleInfo) -> bool| all.iter().filter(|rule| what(rule)).count();
    let severity = |name: &str| count(&|rule| serde_json::to_value(rule.severity).unwrap() == name);
    writeln!(
        page,
        "# Every rule\n\n\
         Made from the tables beside this page by `tests/rules_page.rs`; change the tables, then run\n\
         `BLESS=1 cargo test --test rules_page`. An id is a promise: it never changes its meaning and is never used again.\n\n\
         There are {} rules: {} errors, {} stops, {} warnings and {} notes. {} are documented, {} observed and {} inferred; {} are retired.\n\n\
         - An **error** is something the person can mend. A **stop** is the wrong route, or not eligible. A **warning** asks\n  \
           the person to look again. A **note** says what will happen. *Review*: a person at NHS England will look at it.\n\
         - **documented**: a page states it. **observed**: seen in a comparable form, data set or approval. **inferred**: our own\n  \
           reasoning. What a page states is not always that the real form asks for it.\n\
         - *Reads*: the other answers that the rule compares; while one of them is not asked, the rule is silent. *Leaves the word\n  \
           to*: while one of these fires, the rule is silent.\n\
         - A number in brackets, like (3.6), is a section of the specification of the form.\n",
        all.len(),
        severity("error"),
        severity("stop"),
        severity("warning"),
        severity("note"),
        count(&|rule| rule.basis == "documented"),
        count(&|rule| rule.basis == "observed"),
        count(&|rule| rule.basis == "inferred"),
        count(&|rule| rule.status == Life::Retired),
    )
    .unwrap();
    for (area, title, file) in AREAS {
        let count = rows(&format!("rules/{file}.toml"), "rule").len();
        writeln!(page, "- [{area}: {title}](#{}) ({count})", area.to_lowercase()).unwrap();
    }
    let mut written = 0;
    for (area, title, file) in AREAS {
        // A heading of its own for the link, so that a changed title breaks none.
        writeln!(
            page,
            "\n## {area}\n\n{title}. Rows: [`rules/{file}.toml`](rules/{file}.toml)."
        )
        .unwrap();
        for row in rows(&format!("rules/{file}.toml"), "rule") {
            let id = text(&row, "id");
            assert!(id.starts_with(area), "{id} is in {file}.toml");
            let rule = known[id];
            written += 1;
            write_rule(&mut page, rule, &row, &sources);
        }
    }
    assert_eq!(written, all.len(), "a file of rules has no area on the page");
    blessed::compare("src/tables/RULES.md", "rules_page", &page);
}

fn write_rule(page: &mut String, rule: &RuleInfo, row: &toml::Table, sources: &BTreeMap<String, toml::Table>) {
    let severity = text(row, "severity");
    let review = if row.get("review").is_some() { ", review" } else { "" };
    let forms = if rule.status == Life::Retired {
        "no form any more".to_owned()
    } else if rule.forms.is_empty() {
        "no form: only the check of a code alone".to_owned()
    } else {
        rule.forms.join(", ")
    };
    writeln!(page, "\n### {}\n", rule.id).unwrap();
    for words in row["message"].as_array().unwrap() {
        let words = words.as_table().unwrap();
        let place: Vec<String> = [("box", "in a DSPT code box"), ("found", "found")]
            .iter()
            .filter_map(|(column, means)| match (*column, text(words, column)) {
                (_, "") => None,
                ("box", _) => Some((*means).to_owned()),
                (_, value) => Some(format!("{means}: {value}")),
            })
            .collect();
        let place = if place.is_empty() {
            String::new()
        } else {
            format!(" ({})", place.join(", "))
        };
        writeln!(page, "> {}{place}", text(words, "en")).unwrap();
        if !text(words, "cy").is_empty() {
            writeln!(page, "> {} (Welsh){place}", text(words, "cy")).unwrap();
        }
        writeln!(page, ">").unwrap();
    }
    // The last line of a quotation is not an empty one.
    page.truncate(page.trim_end_matches(['>', '\n']).len());
    let questions = if rule.question == ["*"] {
        "any question".to_owned()
    } else {
        code(&rule.question)
    };
    writeln!(page, "\n\n- **{severity}**{review} on {questions}").unwrap();
    writeln!(page, "- Fires: {}", text(row, "when")).unwrap();
    if !list(row, "reads").is_empty() {
        writeln!(page, "- Reads: {}", code(&list(row, "reads"))).unwrap();
    }
    if !list(row, "skipped_if").is_empty() {
        writeln!(page, "- Leaves the word to: {}", list(row, "skipped_if").join(", ")).unwrap();
    }
    writeln!(page, "- Forms: {forms}").unwrap();
    let basis = match rule.source {
        "" => rule.basis.to_owned(),
        key => format!("{}: {}", rule.basis, source(key, sources)),
    };
    writeln!(page, "- Basis: {basis}").unwrap();
    match rule.until {
        Some(until) => writeln!(page, "- Life: since {}, retired in {until}", rule.since).unwrap(),
        None => writeln!(page, "- Life: since {}", rule.since).unwrap(),
    }
}

/// What stands for each placeholder on the page of words.
const SAMPLES: &[(&str, &str)] = &[
    ("Label", "Start date"),
    ("label", "start date"),
    ("accepted", "Standards Met or Standards Exceeded"),
    ("date", "30 June 2027"),
    ("edition", "2025 to 2026"),
    ("example", "2026 to 2027"),
    ("exclusive", "None of these"),
    ("length", "12"),
    ("max", "2,000"),
    ("min", "1"),
    ("months", "12"),
    ("parts", "a day and a month"),
    ("status", "Approaching Standards"),
    ("version", "8"),
];

fn with_samples(words: &str) -> String {
    let mut filled = words.to_owned();
    for (name, sample) in SAMPLES {
        filled = filled.replace(&format!("{{{name}}}"), sample);
    }
    assert!(!filled.contains('{'), "{words}: a placeholder has no sample");
    filled
}

#[test]
fn the_list_of_messages_is_current() {
    let mut page =
        "Every message in each language, with samples for what changes. cy is missing where no qualified translator\n\
         has supplied it; then the English is said. Made by tests/rules_page.rs.\n"
            .to_owned();
    let write = |page: &mut String, id: &str, place: &str, messages: &Messages| {
        writeln!(page, "{id:<8} en {place}{}", with_samples(messages.en)).unwrap();
        if let Some(cy) = messages.cy {
            writeln!(page, "{id:<8} cy {place}{}", with_samples(cy)).unwrap();
        }
    };
    for (area, title, _) in AREAS {
        writeln!(page, "\n{title}\n").unwrap();
        for rule in rules().iter().filter(|rule| rule.id.split('-').next() == Some(area)) {
            if rule.status == Life::Retired {
                continue;
            }
            // A rule with a sentence for every special place has none besides.
            if !rule.variants.iter().any(|variant| variant.messages == rule.messages) {
                write(&mut page, rule.id, "", &rule.messages);
            }
            for variant in &rule.variants {
                let place: Vec<&str> = variant.code_box.into_iter().chain(variant.found).collect();
                write(
                    &mut page,
                    rule.id,
                    &format!("[{}] ", place.join(", ")),
                    &variant.messages,
                );
            }
        }
    }
    blessed::compare("tests/golden/messages.txt", "rules_page", &page);
}
