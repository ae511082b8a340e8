//! What did a host set? Names, texts and what lies below them: one shape for every option.
//!
//! A type for each option would be read, held and dropped by code of its own, and a browser downloads that code for options
//! that most pages never pass.

use crate::entries::Entries;
use crate::fault::Fault;
use crate::text::{concat, number, whole, without_space_around};

/// One option or a part of it. What is left out is not there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setting {
    /// Empty in a list.
    pub(crate) name: String,
    /// A number is its digits; true is `1` and false is empty.
    pub(crate) text: String,
    /// The items of a list, or what stands in an object.
    pub(crate) below: Vec<Setting>,
}

impl Setting {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            below: Vec::new(),
        }
    }

    /// What stands below under a name.
    #[inline(never)]
    pub(crate) fn at(&self, name: &str) -> Option<&Self> {
        self.below.iter().find(|setting| setting.name == name)
    }

    /// The text below under a name.
    #[inline(never)]
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.at(name).map(|setting| setting.text.as_str())
    }

    /// The list or object below under a name; empty when it is left out.
    #[inline(never)]
    pub(crate) fn list(&self, name: &str) -> &[Self] {
        self.at(name).map_or(&[], |setting| &setting.below)
    }

    /// The same of what may be a text instead of a list: then that text alone.
    pub(crate) fn one_or_more(&self, name: &str) -> &[Self] {
        match self.at(name) {
            None => &[],
            Some(one) if one.below.is_empty() => std::slice::from_ref(one),
            Some(more) => &more.below,
        }
    }

    /// The number below under a name.
    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        whole(&self.at(name)?.text)
    }

    /// What stands below under a name, to be changed or taken.
    #[inline(never)]
    pub(crate) fn at_mut(&mut self, name: &str) -> Option<&mut Self> {
        self.below.iter_mut().find(|setting| setting.name == name)
    }

    /// Adds a setting below, where there is one.
    pub(crate) fn put(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.below.push(Self::new(name, text));
        }
    }

    /// Adds a list of texts.
    pub(crate) fn put_list(&mut self, name: &str, texts: Option<&[String]>) {
        if let Some(texts) = texts {
            self.put_all(name, texts.iter().map(|text| Self::new("", text)));
        }
    }

    /// Adds an object of texts.
    pub(crate) fn put_texts(&mut self, name: &str, texts: &Entries<String>) {
        self.put_all(name, texts.iter().map(|(name, text)| Self::new(name, text)));
    }

    /// Adds whatever lies below a name.
    pub(crate) fn put_all(&mut self, name: &str, below: impl Iterator<Item = Self>) {
        self.below.push(Self {
            below: below.collect(),
            ..Self::new(name, "")
        });
    }
}

/// Yes or no as a text.
pub(crate) fn flag(is_on: bool) -> &'static str {
    if is_on { "1" } else { "" }
}

/// One row that a host gives for a table, and where: for faults that name the place.
pub(crate) struct HostRow<'a> {
    pub(crate) option: &'static str,
    pub(crate) at: usize,
    pub(crate) row: &'a Setting,
}

impl<'a> HostRow<'a> {
    /// `options.calendar[2]`.
    pub(crate) fn place(&self) -> String {
        concat(&[self.option, "[", &number(self.at), "]"])
    }

    /// What stands in a column. A blank cell of a file is a column that was left out.
    pub(crate) fn column(&self, name: &str) -> Result<&'a str, Fault> {
        let text = without_space_around(self.row.get(name).unwrap_or_default());
        if text.is_empty() {
            let sentence = "%: expected the column \"%\" and found none";
            return Err(Fault::of(sentence, &[&self.place(), name]));
        }
        Ok(text)
    }

    /// Something else stands in a column than was looked for.
    pub(crate) fn wrong(&self, column: &str, wanted: &str, found: &str) -> Fault {
        Fault::expected(&concat(&[&self.place(), ".", column]), wanted, found)
    }
}
