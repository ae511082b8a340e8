//! Is every table fit to be built from? Each file here judges one family of tables and writes its rows as Rust.
//!
//! Used by the build script and, to show that bad tables are refused, by `tests/tables.rs`.

mod condition;
mod dspt;
mod ods;
mod pattern;
mod questions;
mod rules;

// Only tests ask for the list as a whole.
#[allow(unused_imports)]
pub(crate) use rules::ORDER as RULE_FILES;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

/// What is wrong with a table, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub file: String,
    /// Counted from 1; 0 when it is about the whole file.
    pub line: usize,
    pub what: String,
    pub fix: String,
}

impl Problem {
    pub(crate) fn new(file: &str, line: usize, what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            what: what.into(),
            fix: fix.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "src/tables/{}", self.file)?;
        if self.line > 0 {
            write!(to, ":{}", self.line)?;
        }
        write!(to, ": {}\n  to mend it: {}", self.what, self.fix)
    }
}

/// The text of every table, by its path below `src/tables`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources(pub BTreeMap<String, String>);

impl Sources {
    /// Reads every `.toml` file of a folder and of the folders in it.
    pub(crate) fn read(folder: &Path) -> Result<Self, Problem> {
        let mut sources = Self::default();
        sources.read_folder(folder, "")?;
        Ok(sources)
    }

    fn read_folder(&mut self, folder: &Path, prefix: &str) -> Result<(), Problem> {
        let unread = |error: std::io::Error| {
            Problem::new(
                prefix,
                0,
                format!("the folder cannot be read: {error}"),
                "check the checkout",
            )
        };
        for entry in fs::read_dir(folder).map_err(unread)? {
            let entry = entry.map_err(unread)?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                self.read_folder(&entry.path(), &format!("{name}/"))?;
            } else if name.ends_with(".toml") {
                let text = fs::read_to_string(entry.path()).map_err(|error| {
                    Problem::new(&name, 0, format!("cannot be read: {error}"), "save it as UTF-8 text")
                })?;
                self.0.insert(name, text);
            }
        }
        Ok(())
    }

    /// One table, with its places.
    fn table<T: DeserializeOwned>(&self, file: &str) -> Result<Table<T>, Problem> {
        let Some(text) = self.0.get(file) else {
            return Err(Problem::new(
                file,
                0,
                "the table is missing",
                "put the file back; every table is needed",
            ));
        };
        let places = Places {
            file: file.to_owned(),
            starts: text.match_indices('\n').map(|(at, _)| at + 1).collect(),
        };
        match toml::from_str(text) {
            Ok(rows) => Ok(Table { rows, places }),
            Err(error) => {
                let line = error.span().map_or(0, |span| places.line_at(span.start));
                Err(Problem::new(
                    file,
                    line,
                    error.message().trim().to_owned(),
                    "write the row as its neighbours are written",
                ))
            }
        }
    }

    /// The files of a folder, in the order of their names.
    fn in_folder<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .keys()
            .map(String::as_str)
            .filter(move |name| name.starts_with(folder))
    }
}

/// A table and where its rows stand.
struct Table<T> {
    rows: T,
    places: Places,
}

/// Turns a place in the text into a line that an editor can go to.
struct Places {
    file: String,
    starts: Vec<usize>,
}

impl Places {
    fn line_at(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte) + 1
    }

    fn problem<T>(&self, at: &Spanned<T>, what: impl Into<String>, fix: impl Into<String>) -> Problem {
        Problem::new(&self.file, self.line_at(at.span().start), what, fix)
    }
}

/// How each table opens: what it is, where it comes from and the day a person last compared the two.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    id: Spanned<String>,
    what: String,
    source: Spanned<String>,
    checked: Spanned<String>,
}

impl Header {
    fn judge(&self, places: &Places, problems: &mut Vec<Problem>) {
        if self.source.get_ref().trim().is_empty() {
            problems.push(places.problem(
                &self.source,
                "the table names no source",
                "name the publication its rows come from",
            ));
        }
        if !is_day(self.checked.get_ref()) {
            problems.push(places.problem(
                &self.checked,
                format!("\"{}\" is not a day", self.checked.get_ref()),
                "write the day a person last checked the table as YYYY-MM-DD",
            ));
        }
    }

    fn written(&self) -> String {
        format!(
            "    TableRow {{ id: {:?}, what: {:?}, source: {:?}, checked: {:?} }},\n",
            self.id.get_ref(),
            self.what,
            self.source.get_ref(),
            self.checked.get_ref()
        )
    }
}

/// A real day of the Gregorian calendar, written `YYYY-MM-DD`.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return false;
    }
    let (Ok(year), Ok(month), Ok(day)) = (year.parse::<u32>(), month.parse::<u32>(), day.parse::<u32>()) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    year >= 1000 && (1..=days).contains(&day)
}

/// `1 problem`, `2 problems`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A slice of words as Rust.
fn words<T: AsRef<str>>(list: &[T]) -> String {
    let quoted: Vec<String> = list.iter().map(|word| format!("{:?}", word.as_ref())).collect();
    format!("&[{}]", quoted.join(", "))
}

/// Judges every table. The Rust of all rows, or everything that is wrong.
pub(crate) fn judge(sources: &Sources) -> Result<String, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut written = Written::default();
    let statuses = dspt::judge(sources, &mut written, &mut problems);
    let mut known = questions::judge(sources, &statuses, &mut written, &mut problems);
    rules::judge(sources, &mut known, &mut written, &mut problems);
    known.write_questions(&mut written);
    ods::judge(sources, &known, &mut written, &mut problems);
    written.judge(&mut problems);
    if problems.is_empty() {
        Ok(written.rust())
    } else {
        problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        Err(problems)
    }
}

/// Every capital and its small letter, as runs of code points that follow the same step to letters the same way off.
///
/// Taken from the standard library of the compiler, whose own table costs the download twenty times as much.
fn lower_case() -> String {
    let small = |capital: char| {
        let mut letters = capital.to_lowercase();
        match (letters.next(), letters.next()) {
            (Some(small), None) if small != capital => {
                Some(i64::from(u32::from(small)) - i64::from(u32::from(capital)))
            }
            _ => None,
        }
    };
    let mut runs: Vec<(u32, u32, u32, i64)> = Vec::new();
    for capital in ('\u{80}'..=char::MAX).filter(|capital| small(*capital).is_some()) {
        let (code, off) = (u32::from(capital), small(capital).unwrap_or_default());
        match runs.last_mut() {
            Some((first, last, step, way))
                if *way == off && (code - *last == *step || (first == last && code - *last <= 2)) =>
            {
                *step = code - *last;
                *last = code;
            }
            _ => runs.push((code, code, 1, off)),
        }
    }
    let rows: Vec<String> = runs
        .iter()
        .map(|(first, last, step, off)| format!("    ({first}, {}, {step}, {off}),\n", last - first))
        .collect();
    format!(
        "/// First capital, how far the last one is from it, the step between them, and how far the small letter is.\npub(crate) static LOWER_CASE: &[(u32, u8, u8, i32)] = &[\n{}];\n\n",
        rows.concat()
    )
}

/// What the judges write: the headers of all tables together, the rows of each, and what rows refer to.
///
/// A reference costs two or three bytes instead of eight, and what is said twice is there once: the rows are half of
/// what a page downloads.
#[derive(Default)]
struct Written {
    headers: String,
    rows: String,
    /// Every text that the rules need, once.
    texts: Vec<String>,
    /// By the type of their items, the runs of items that rows refer to.
    runs: BTreeMap<&'static str, Vec<String>>,
}

/// Texts between two places that are written down; the rest are found by adding up lengths.
const TEXTS_TO_A_START: usize = 8;

impl Written {
    /// A text as Rust.
    fn text(&mut self, text: &str) -> String {
        let at = self.texts.iter().position(|known| known == text).unwrap_or_else(|| {
            self.texts.push(text.to_owned());
            self.texts.len() - 1
        });
        format!("Text({at})")
    }

    /// A text or none as Rust.
    fn optional(&mut self, text: Option<&str>) -> String {
        text.map_or("Text::NONE".to_owned(), |text| self.text(text))
    }

    /// A run of items of one type as Rust.
    fn run(&mut self, kind: &'static str, items: &[String]) -> String {
        let pool = self.runs.entry(kind).or_default();
        let found = pool.windows(items.len().max(1)).position(|window| window == items);
        let from = match found {
            _ if items.is_empty() => 0,
            Some(from) => from,
            None => {
                pool.extend(items.iter().cloned());
                pool.len() - items.len()
            }
        };
        format!("Run::new({from}, {})", items.len())
    }

    /// A run of texts as Rust.
    fn texts_run<T: AsRef<str>>(&mut self, texts: &[T]) -> String {
        let items: Vec<String> = texts.iter().map(|text| self.text(text.as_ref())).collect();
        self.run("Text", &items)
    }

    /// What is too much for the types of the references.
    fn judge(&self, problems: &mut Vec<Problem>) {
        let whole: usize = self.texts.iter().map(String::len).sum();
        for text in self.texts.iter().filter(|text| text.len() > usize::from(u8::MAX)) {
            problems.push(Problem::new(
                "",
                0,
                format!("\"{text}\" is longer than 255 bytes"),
                "shorten it: a message that long is not read",
            ));
        }
        if whole > usize::from(u16::MAX) || self.texts.len() >= usize::from(u16::MAX) {
            problems.push(Problem::new(
                "",
                0,
                "the tables hold more than 65,535 bytes of text",
                "let Text in src/tables.rs hold a u32",
            ));
        }
        for (kind, pool) in &self.runs {
            if pool.len() > usize::from(u16::MAX) {
                problems.push(Problem::new(
                    "",
                    0,
                    format!("there are more than 65,535 of {kind}"),
                    "let Run in src/tables.rs hold a u32",
                ));
            }
        }
    }

    fn rust(&self) -> String {
        let mut starts = Vec::new();
        let mut place = 0;
        for (at, text) in self.texts.iter().enumerate() {
            if at % TEXTS_TO_A_START == 0 {
                starts.push(place);
            }
            place += text.len();
        }
        let lengths: Vec<usize> = self.texts.iter().map(String::len).collect();
        let mut rust = format!(
            "// Written by src/tables/build.rs from the tables beside it.\n\npub(crate) static TABLES: &[TableRow] = &[\n{}];\n\nstatic TEXT: &str = {:?};\nstatic TEXT_STARTS: &[u16] = &{starts:?};\nstatic TEXT_LENGTHS: &[u8] = &{lengths:?};\nconst TEXTS_TO_A_START: u16 = {TEXTS_TO_A_START};\n\n",
            self.headers,
            self.texts.concat(),
        );
        rust.push_str(&lower_case());
        for (kind, pool) in &self.runs {
            rust.push_str(&format!(
                "impl Pooled for {kind} {{\n    fn pool() -> &'static [Self] {{\n        static POOL: &[{kind}] = &[{}];\n        POOL\n    }}\n}}\n\n",
                pool.join(", ")
            ));
        }
        rust + &self.rows
    }
}
