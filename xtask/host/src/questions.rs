//! Which questions does a form ask, in which words? Read from the same rows that the crate is built from.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde::Deserialize;

use crate::conditions::{Named, Test};

/// The root of the clone that this program was compiled in.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own).to_path_buf()
}

/// A text in the languages that the tables have.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Words {
    pub(crate) en: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct OptionRow {
    pub(crate) value: String,
    pub(crate) label: Words,
}

#[derive(Debug, Deserialize)]
struct QuestionRow {
    id: String,
    kind: String,
    required: String,
    applies_when: Option<String>,
    max: Option<u32>,
    label: Words,
    hint: Option<Words>,
    #[serde(default)]
    options: Vec<OptionRow>,
}

#[derive(Deserialize)]
struct SectionFile {
    section: SectionRow,
    question: Vec<QuestionRow>,
}

#[derive(Deserialize)]
struct SectionRow {
    id: String,
    title: Words,
}

#[derive(Deserialize)]
struct FormsFile {
    form: Vec<FormRow>,
}

#[derive(Deserialize)]
struct FormRow {
    id: String,
    sections: Vec<String>,
}

#[derive(Deserialize)]
struct StatusFile {
    status: Vec<OptionRow>,
}

/// One question, with what a page must know to ask it.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) id: String,
    pub(crate) kind: String,
    /// Never asked for: the page says that it is optional.
    pub(crate) optional: bool,
    /// All of these must hold for the question to apply.
    pub(crate) tests: Vec<Test>,
    pub(crate) max: Option<u32>,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) options: Vec<OptionRow>,
}

impl Question {
    /// `ra.users` of `ra.users[].name`.
    pub(crate) fn list(&self) -> Option<&str> {
        self.id.split_once("[]").map(|(list, _)| list)
    }

    pub(crate) fn is_date(&self) -> bool {
        self.kind == "date"
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) questions: Vec<Question>,
}

/// The sections of a form, in its order.
#[derive(Debug, Clone)]
pub(crate) struct FormQuestions {
    pub(crate) sections: Vec<Section>,
}

impl FormQuestions {
    /// Reads the rows of one form.
    pub(crate) fn read(form: &str) -> anyhow::Result<Self> {
        let tables = root().join("src/tables");
        let forms: FormsFile = table(&tables.join("forms.toml"))?;
        let statuses: StatusFile = table(&tables.join("dspt-statuses.toml"))?;
        let named = Named::read(&tables)?;
        let Some(row) = forms.form.into_iter().find(|row| row.id == form) else {
            bail!("no row of forms.toml is called {form}");
        };
        let mut sections = Vec::new();
        for file in &row.sections {
            let SectionFile { section, question } = table(&tables.join(file))?;
            let mut questions = Vec::new();
            for row in question {
                let tests = match &row.applies_when {
                    Some(text) => named.tests(text).with_context(|| format!("{file}: {}", row.id))?,
                    None => Vec::new(),
                };
                let mut options = row.options;
                match row.kind.as_str() {
                    "dspt-status" => options.clone_from(&statuses.status),
                    "yes-no" => {
                        options = [("yes", "Yes"), ("no", "No")]
                            .map(|(value, label)| OptionRow {
                                value: value.to_owned(),
                                label: Words { en: label.to_owned() },
                            })
                            .into();
                    }
                    _ => {}
                }
                questions.push(Question {
                    id: row.id,
                    kind: row.kind,
                    optional: row.required == "no",
                    tests,
                    max: row.max,
                    label: row.label.en,
                    hint: row.hint.map(|words| words.en),
                    options,
                });
            }
            sections.push(Section {
                id: section.id,
                title: section.title.en,
                questions,
            });
        }
        Ok(Self { sections })
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// The question that a name of a control is for: `ra.users[].name` of `ra.users[3].name`.
    pub(crate) fn named(&self, name: &str) -> Option<&Question> {
        let plain = without_row(name);
        self.all().find(|question| question.id == plain)
    }
}

/// `ra.users[].name` of `ra.users[3].name`.
pub(crate) fn without_row(name: &str) -> String {
    match (name.split_once('['), name.split_once(']')) {
        (Some((list, _)), Some((_, rest))) => format!("{list}[]{rest}"),
        _ => name.to_owned(),
    }
}

/// `ra.users[3].name` of `ra.users[].name`.
pub(crate) fn in_row(name: &str, row: Option<usize>) -> String {
    match row {
        Some(row) => name.replace("[]", &format!("[{row}]")),
        None => name.to_owned(),
    }
}

pub(crate) fn table<T: serde::de::DeserializeOwned>(file: &Path) -> anyhow::Result<T> {
    let text = fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    toml::from_str(&text).with_context(|| format!("could not understand {}", file.display()))
}
