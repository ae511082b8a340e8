//! Which row does a name speak of? `sites[].ods_code` of every row, `sites[0].ods_code` of one, anything else of none.

use crate::context::in_list;
use crate::form::submission::row_index;
use crate::letters::{is_letter, is_number};
use crate::text::{concat, number};

/// A name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// The name for all rows; the name itself when it is none of rows.
    pub(crate) general: String,
    /// How many bytes of it are the name of the list.
    list: Option<usize>,
    /// The row that is named.
    pub(crate) index: Option<u16>,
}

impl Name {
    pub(crate) fn read(name: &str) -> Self {
        let mut read = Self {
            general: name.to_owned(),
            list: None,
            index: None,
        };
        if let Some((list, index, rest)) = in_list(name)
            && !list.is_empty()
            && rest.len() > 1
            && rest.starts_with('.')
        {
            read.index = row_index(index);
            if read.index.is_some() {
                read.general = concat(&[list, "[]", rest]);
            }
            if read.index.is_some() || index.is_empty() {
                read.list = Some(list.len());
            }
        }
        read
    }

    /// The list whose rows have it.
    pub(crate) fn list(&self) -> Option<&str> {
        self.list.and_then(|length| self.general.get(..length))
    }

    /// The name at a row.
    pub(crate) fn at(&self, index: Option<u16>) -> String {
        match (self.list, index) {
            (Some(length), Some(index)) => {
                let list = self.general.get(..length).unwrap_or_default();
                let rest = self.general.get(length + 2..).unwrap_or_default();
                concat(&[list, "[", &number(usize::from(index)), "]", rest])
            }
            _ => self.general.clone(),
        }
    }

    /// The name as words, for a field without a label: `first_name` as `first name`.
    pub(crate) fn as_words(&self) -> String {
        let own = match self.list {
            Some(length) => self.general.get(length + 3..).unwrap_or_default(),
            None => &self.general,
        };
        let mut words = String::with_capacity(own.len());
        let mut before_small = false;
        for character in own.chars() {
            let in_word = is_letter(character) || is_number(character);
            let new_word = character.is_ascii_uppercase() && before_small;
            if (!in_word || new_word) && !words.is_empty() && !words.ends_with(' ') {
                words.push(' ');
            }
            if in_word {
                words.push(if new_word {
                    character.to_ascii_lowercase()
                } else {
                    character
                });
            }
            before_small = character.is_ascii_lowercase();
        }
        if words.ends_with(' ') {
            words.pop();
        }
        // A name of marks only has no words.
        if words.is_empty() {
            words.push_str(own);
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_speaks_of_every_row_of_one_or_of_none() {
        let all = Name::read("sites[].ods_code");
        assert_eq!((all.list(), all.index), (Some("sites"), None));
        let one = Name::read("sites[12].ods_code");
        assert_eq!(
            (one.general.as_str(), one.list(), one.index),
            ("sites[].ods_code", Some("sites"), Some(12))
        );
        assert_eq!(one.at(Some(3)), "sites[3].ods_code");
        for plain in [
            "site",
            "user[name]",
            "sites[01].x",
            "sites[]",
            "[0].x",
            "sites[0].",
            "sites[10000].x",
        ] {
            let name = Name::read(plain);
            assert_eq!(
                (name.general.as_str(), name.list(), name.index),
                (plain, None, None),
                "{plain}"
            );
            assert_eq!(name.at(None), plain);
        }
    }

    #[test]
    fn a_name_without_a_label_reads_as_words() {
        for (name, words) in [
            ("site_manager", "site manager"),
            ("site.manager-name", "site manager name"),
            ("siteManager", "site manager"),
            ("ODS_code", "ODS code"),
            ("sites[].ods_code", "ods code"),
            ("user[name]", "user name"),
            ("line2", "line2"),
            ("größe_२", "größe २"),
            ("first–name", "first name"),
            ("--", "--"),
        ] {
            assert_eq!(Name::read(name).as_words(), words);
        }
    }
}
