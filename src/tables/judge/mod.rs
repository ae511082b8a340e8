//! Is every table fit to be built from? Each file here judges one family of tables and writes its rows as Rust.
//!
//! Used by the build script and, to show that bad tables are refused, by `tests/tables.rs`.

mod condition;
mod dspt;
mod known;
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
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

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
    let known = questions::judge(sources, &statuses, &mut written, &mut problems);
    rules::judge(sources, &known, &mut written, &mut problems);
    ods::judge(sources, &known, &mut written, &mut problems);
    // What a judge refused is not written whole.
    if problems.is_empty() {
        write_lower_case(&mut written);
        write_class(char::is_alphabetic, &mut written);
        write_class(char::is_numeric, &mut written);
        written.judge(&mut problems);
    }
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
fn write_lower_case(written: &mut Written) {
    let small = |capital: char| {
        let mut letters = capital.to_lowercase();
        match (letters.next(), letters.next()) {
            (Some(small), None) if small != capital => Some(u32::from(small).wrapping_sub(u32::from(capital))),
            _ => None,
        }
    };
    let mut runs: Vec<(u32, u32, u32, u32)> = Vec::new();
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
    let mut before = 0;
    let mut rows = Vec::new();
    for (first, last, step, off) in runs {
        let [gap, gap_high, ..] = (first - before).to_le_bytes();
        // The lower half is enough, because no small letter is in another plane than its capital.
        let [off, off_high, ..] = off.to_le_bytes();
        let letters = u8::try_from((last - first) / step * 2 + step - 1).unwrap_or_default();
        rows.push([gap, gap_high, off, off_high, letters].map(usize::from).to_vec());
        before = last;
    }
    written.columns(written.bytes.len(), &rows);
}

/// Every character beyond ASCII of a class, as gaps and spans. From the standard library of the compiler like capitals.
///
/// What stands between two of them and is no character yet is taken for one too, which makes half as many spans of letters.
fn write_class(is_in: fn(char) -> bool, written: &mut Written) {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    let mut goes_on = false;
    for character in '\u{80}'..=char::MAX {
        let code = u32::from(character);
        if is_in(character) {
            match spans.last_mut() {
                Some((_, end)) if goes_on => *end = code + 1,
                _ => spans.push((code, code + 1)),
            }
            goes_on = true;
        } else {
            goes_on &= character.general_category() == GeneralCategory::Unassigned;
        }
    }
    written
        .bytes
        .extend(u16::try_from(spans.len()).unwrap_or_default().to_le_bytes());
    let mut before = 0;
    for (first, end) in spans {
        for length in [first - before, end - first] {
            for more in [14, 7].into_iter().filter(|more| length >> more > 0) {
                written.bytes.extend((length >> more & 127 | 128).to_le_bytes().first());
            }
            written.bytes.extend((length & 127).to_le_bytes().first());
        }
        before = end;
    }
}

/// What the judges write: the headers of all tables together, rows as Rust, and rows as bytes and lines of text.
///
/// `src/tables/rows.rs` reads bytes and lines in the order in which they are written here.
#[derive(Default)]
struct Written {
    headers: String,
    rows: String,
    bytes: Vec<u8>,
    lines: String,
    wrong: Vec<String>,
}

impl Written {
    fn byte(&mut self, number: usize) -> u8 {
        u8::try_from(number).unwrap_or_else(|_| {
            self.wrong
                .push(format!("{number} stands where the rows have room for 255"));
            0
        })
    }

    fn number(&mut self, number: usize) {
        let byte = self.byte(number);
        self.bytes.push(byte);
    }

    /// Some bytes of each row, column after column because like stands beside like then. `at` is where they begin: what
    /// else there is to say of the rows was written already, and follows.
    fn columns(&mut self, at: usize, rows: &[Vec<usize>]) {
        let mut columns = u16::try_from(rows.len()).unwrap_or_default().to_le_bytes().to_vec();
        for column in 0..rows.first().map_or(0, Vec::len) {
            for row in rows {
                columns.push(self.byte(row.get(column).copied().unwrap_or_default()));
            }
        }
        self.bytes.splice(at..at, columns);
    }

    /// One line of text.
    fn line(&mut self, text: &str) {
        if text.len() > usize::from(u8::MAX) {
            self.wrong.push(format!(
                "\"{text}\" is longer than 255 bytes, and a message that long is not read"
            ));
        }
        if text.is_empty() || text.contains(['\n', '\t']) {
            self.wrong.push(format!("\"{text}\" is not one line of text"));
        }
        self.lines.push_str(text);
        self.lines.push('\n');
    }

    /// Words in each language: the Welsh ones, where there are any, after a tab in the same line.
    fn words(&mut self, en: &str, cy: Option<&str>) {
        self.line(en);
        if let Some(cy) = cy {
            self.lines.pop();
            self.lines.push('\t');
            self.line(cy);
        }
    }

    /// What the rows have no room for.
    fn judge(&self, problems: &mut Vec<Problem>) {
        for what in &self.wrong {
            problems.push(Problem::new(
                "",
                0,
                what.clone(),
                "shorten it, or let src/tables/rows.rs read it in another way",
            ));
        }
    }

    fn rust(&self) -> String {
        format!(
            "// Written by src/tables/build.rs from the tables beside it.\n\npub(crate) static TABLES: &[TableRow] = &[\n{}];\n\nstatic BYTES: &[u8] = &{:?};\nstatic LINES: &str = {:?};\n\n{}",
            self.headers, self.bytes, self.lines, self.rows
        )
    }
}
