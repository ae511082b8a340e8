//! Is the page about the questions as the tables have it? `src/tables/QUESTIONS.md`, for whoever maps controls to them.

#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod blessed;

use std::fmt::Write;
use std::fs;

use ncrs_form_check::Form;
use toml::{Table, Value};

fn table(path: &str) -> Table {
    let path = format!("{}/src/tables/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn rows<'a>(table: &'a Table, name: &str) -> impl Iterator<Item = &'a Table> {
    table
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_table)
}

fn text<'a>(row: &'a Table, column: &str) -> &'a str {
    row.get(column).and_then(Value::as_str).unwrap_or_default()
}

fn english<'a>(row: &'a Table, column: &str) -> &'a str {
    text(row[column].as_table().unwrap(), "en")
}

/// A text that a cell of a table can hold.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[test]
fn the_page_of_questions_is_current() {
    let forms = table("forms.toml");
    let files = |form: &Table| -> Vec<String> {
        form["sections"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| file.as_str().unwrap().to_owned())
            .collect()
    };
    let mut page = String::from(
        "# Every question\n\n\
         Made from the tables beside this page by `tests/questions_page.rs`; change the tables, then run\n\
         `BLESS=1 cargo test --test questions_page`.\n\n\
         The name is what a control is called, or what it is mapped to. In `ra.users[].name` the brackets hold the number of the row:\n\
         `ra.users[0].name`. A date comes whole, or as `.day`, `.month` and `.year`. A *yes-no* takes `yes` and `no`, a *confirm* any\n\
         value that is not a no. Which of them must be answered when is in [the rules](RULES.md).\n",
    );
    let mut written: Vec<String> = Vec::new();
    let mut questions = 0;
    for form in rows(&forms, "form") {
        let id = text(form, "id");
        assert!(id.parse::<Form>().is_ok(), "{id} is no form");
        writeln!(page, "\n## {id}\n").unwrap();
        let (shown, new): (Vec<String>, Vec<String>) = files(form).into_iter().partition(|file| written.contains(file));
        if !shown.is_empty() {
            let titles: Vec<String> = shown
                .iter()
                .map(|file| english(table(file)["section"].as_table().unwrap(), "title").to_owned())
                .collect();
            writeln!(page, "As above: {}.", titles.join(", ")).unwrap();
        }
        for file in new {
            let section = table(&file);
            writeln!(
                page,
                "### {}\n\n[`{file}`]({file})\n\n| name | label | kind | options |\n| --- | --- | --- | --- |",
                english(section["section"].as_table().unwrap(), "title")
            )
            .unwrap();
            for row in rows(&section, "question") {
                let options: Vec<String> = rows(row, "options")
                    .map(|option| format!("`{}`", text(option, "value")))
                    .collect();
                questions += 1;
                writeln!(
                    page,
                    "| `{}` | {} | {} | {} |",
                    text(row, "id"),
                    cell(english(row, "label")),
                    text(row, "kind"),
                    options.join(" ")
                )
                .unwrap();
            }
            writeln!(page).unwrap();
            written.push(file);
        }
    }
    assert!(questions > 100, "only {questions} questions were found");
    blessed::compare(
        "src/tables/QUESTIONS.md",
        "questions_page",
        &format!("{}\n", page.trim_end()),
    );
}
