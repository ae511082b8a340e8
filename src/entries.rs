//! What stands under which name in an object of the host? Names and values in their order.
//!
//! A list and not a map: there are few entries, and each kind of map costs the download more than all of them.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::fault::Fault;
use crate::text::{concat, number};

/// The entries of an object, in the order in which the host wrote them.
///
/// ```
/// use ncrs_form_check::Entries;
///
/// let rules: Entries<String> = serde_json::from_str(r#"{ "ORG-001": "off" }"#)?;
/// assert_eq!(rules.get("ORG-001").map(String::as_str), Some("off"));
/// assert_eq!(rules.get("ORG-002"), None);
/// assert!(serde_json::from_str::<Entries<bool>>(r#"{ "a": "yes" }"#).is_err(), "a text is neither true nor false");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries<T>(Vec<(String, T)>);

/// An object of texts, like a row that a host gives for a table.
pub type Row = Entries<String>;

impl<T> Entries<T> {
    /// What stands under a name. Of two entries with one name the last counts, as in JavaScript.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0
            .iter()
            .rev()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// Every name and what stands under it.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Adds an entry.
    pub fn push(&mut self, name: String, value: T) {
        self.0.push((name, value));
    }

    /// True when there are no entries.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One row that a host gives for a table, and where: for faults that name the place.
pub(crate) struct HostRow<'a> {
    pub(crate) option: &'static str,
    pub(crate) at: usize,
    pub(crate) row: &'a Row,
}

impl<'a> HostRow<'a> {
    /// `options.calendar[2]`.
    pub(crate) fn place(&self) -> String {
        concat(&[self.option, "[", &number(self.at), "]"])
    }

    /// What stands in a column. A blank cell of a file is a column that was left out.
    pub(crate) fn column(&self, name: &str) -> Result<&'a str, Fault> {
        let text = self.row.get(name).map_or("", |text| text.trim());
        if text.is_empty() {
            let wanted = concat(&["expected the column \"", name, "\" and found none"]);
            return Err(Fault::new(&[&self.place(), ": ", &wanted]));
        }
        Ok(text)
    }

    /// Something else stands in a column than was looked for.
    pub(crate) fn wrong(&self, column: &str, wanted: &str, found: &str) -> Fault {
        Fault::expected(&concat(&[&self.place(), ".", column]), wanted, found)
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<N: Into<String>, T> FromIterator<(N, T)> for Entries<T> {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl<T: Serialize> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Objects<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Objects<T> {
            type Value = Entries<T>;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Entries::default();
                while let Some((name, value)) = object.next_entry()? {
                    entries.push(name, value);
                }
                Ok(entries)
            }
        }

        from.deserialize_map(Objects(PhantomData))
    }
}
