//! What does a pattern mean? The small language of the ODS tables, as sets of characters, one for each place.
//!
//! The language is described at the top of `ods-formats.toml`. A set is a bit for each of 0-9 and A-Z.

/// The characters that are allowed at one place.
pub(crate) type Set = u64;

/// One alternative: a set for each character of a code.
pub(crate) type Shape = Vec<Set>;

const CAPITALS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";
/// No reference that people type into a code box is longer, and it keeps `{99999}` from filling the memory.
const LONGEST: usize = 20;

/// The bit of one character; none when it is neither a capital nor a digit.
pub(crate) fn bit(character: char) -> Option<Set> {
    let place = match character {
        '0'..='9' => u32::from(character) - u32::from('0'),
        'A'..='Z' => u32::from(character) - u32::from('A') + 10,
        _ => return None,
    };
    Some(1 << place)
}

fn set(characters: &str) -> Set {
    characters.chars().filter_map(bit).fold(0, |all, one| all | one)
}

/// The set that one character of a pattern stands for.
fn element(character: char) -> Option<Set> {
    Some(match character {
        'd' => set(DIGITS),
        'a' => set(CAPITALS),
        'y' => set(CAPITALS) & !set("Z"),
        'w' => set(CAPITALS) & !set("ZIO"),
        'l' => set(CAPITALS) & !set("BIOSUZ"),
        'n' => set(CAPITALS) | set(DIGITS),
        'x' => (set(CAPITALS) | set(DIGITS)) & !set("IO"),
        'k' => (set(CAPITALS) | set(DIGITS)) & !set("BIOSUZ"),
        _ => return bit(character),
    })
}

/// The alternatives of a pattern, or what is wrong with it.
pub(crate) fn parse(pattern: &str) -> Result<Vec<Shape>, String> {
    pattern.split(", ").map(alternative).collect()
}

fn alternative(text: &str) -> Result<Shape, String> {
    let mut shape = Shape::new();
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        match character {
            '[' => {
                let Some((inside, after)) = rest.as_str().split_once(']') else {
                    return Err(format!("\"{text}\" has a [ without its ]"));
                };
                shape.push(listed(inside)?);
                rest = after.chars();
            }
            '{' => {
                let Some((inside, after)) = rest.as_str().split_once('}') else {
                    return Err(format!("\"{text}\" has a {{ without its }}"));
                };
                let Some(last) = shape.last().copied() else {
                    return Err(format!("\"{text}\" has a count with nothing before it"));
                };
                let count = match inside.parse::<usize>() {
                    Ok(count) if (2..=LONGEST).contains(&count) => count,
                    _ => return Err(format!("\"{{{inside}}}\" is not a count from 2 to {LONGEST}")),
                };
                shape.extend(std::iter::repeat_n(last, count - 1));
                rest = after.chars();
            }
            _ => match element(character) {
                Some(set) => shape.push(set),
                None => return Err(format!("\"{character}\" means nothing in a pattern")),
            },
        }
    }
    match shape.len() {
        0 => Err("an alternative is empty".to_owned()),
        1..=LONGEST => Ok(shape),
        _ => Err(format!("\"{text}\" is longer than {LONGEST} characters")),
    }
}

/// The inside of square brackets: characters and ranges.
fn listed(inside: &str) -> Result<Set, String> {
    let mut all = 0;
    let mut rest = inside.chars().peekable();
    while let Some(first) = rest.next() {
        let Some(one) = bit(first) else {
            return Err(format!("\"[{inside}]\" lists \"{first}\", which no code has"));
        };
        let added = if rest.next_if_eq(&'-').is_none() {
            one
        } else {
            match rest.next().and_then(|last| Some((last, bit(last)?))) {
                Some((last, end)) if first < last && first.is_ascii_digit() == last.is_ascii_digit() => {
                    // All bits from the one to the other.
                    (end << 1) - one
                }
                _ => return Err(format!("\"[{inside}]\" has a range that does not rise")),
            }
        };
        if all & added != 0 {
            return Err(format!("\"[{inside}]\" lists a character twice"));
        }
        all |= added;
    }
    if all == 0 {
        return Err("\"[]\" lists nothing".to_owned());
    }
    Ok(all)
}

/// True when one of the shapes is that of the whole code.
pub(crate) fn fits(shapes: &[Shape], code: &str) -> bool {
    shapes.iter().any(|shape| {
        shape.len() == code.chars().count()
            && shape
                .iter()
                .zip(code.chars())
                .all(|(set, character)| bit(character).is_some_and(|one| set & one != 0))
    })
}

/// The shape that both shapes allow; none when no code has both.
pub(crate) fn common(one: &[Set], other: &[Set]) -> Option<Shape> {
    let both: Shape = one.iter().zip(other).map(|(one, other)| one & other).collect();
    (one.len() == other.len() && both.iter().all(|set| *set != 0)).then_some(both)
}

/// One code of a shape, for a message.
pub(crate) fn example(shape: &[Set]) -> String {
    shape
        .iter()
        .filter_map(|set| {
            CAPITALS
                .chars()
                .chain(DIGITS.chars())
                .find(|character| bit(*character).is_some_and(|one| set & one != 0))
        })
        .collect()
}
