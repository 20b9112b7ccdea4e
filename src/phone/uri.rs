//! Finding the number in a text, and the parameters of RFC 3966.

use super::text::{LONGEST_TEXT, Token, digit, ends_number, is, starts_number};

fn position(text: &[Token], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window.iter().zip(wanted).all(|(token, byte)| is(*token, *byte)))
}

/// The part of a text that is a number (`buildNationalNumberForParsing`). None if its phone-context is no such thing.
pub(super) fn extract<'a>(text: &'a [Token], space: &'a mut [Token; LONGEST_TEXT]) -> Option<&'a [Token]> {
    let number = match position(text, b";phone-context=") {
        Some(at) => in_context(text, at, space)?,
        None => {
            let from = text.iter().position(|token| starts_number(*token)).unwrap_or(text.len());
            let end = text.iter().rposition(|token| ends_number(*token)).map_or(from, |last| last + 1);
            let number = text.get(from..end).unwrap_or_default();
            number.get(..second_number(number))?
        }
    };
    let end = position(number, b";isub=").filter(|at| *at > 0).unwrap_or(number.len());
    number.get(..end)
}

/// The number with its context before it, if that is the start of a number and not a domain.
fn in_context<'a>(text: &[Token], at: usize, space: &'a mut [Token; LONGEST_TEXT]) -> Option<&'a [Token]> {
    let context = text.get(at + b";phone-context=".len()..)?;
    let context = context.split(|token| is(*token, b';')).next()?;
    let context = match context {
        [plus, rest @ ..] if is(*plus, b'+') && is_global(rest) => context,
        _ if is_domain(context) => &[],
        _ => return None,
    };
    let from = position(text, b"tel:").map_or(0, |tel| tel + b"tel:".len());
    let mut count = 0;
    for token in context.iter().chain(text.get(from..at).unwrap_or_default()) {
        *space.get_mut(count)? = *token;
        count += 1;
    }
    space.get(..count)
}

/// Where a second number starts, as in `(530) 583-6985 x302/x2303`; the length of the text if there is none.
fn second_number(text: &[Token]) -> usize {
    let (mut slash, mut inside) = (text.len(), false);
    for (at, token) in text.iter().enumerate() {
        match *token as u8 {
            b'/' | b'\\' => (slash, inside) = (at, true),
            b'x' if inside => return slash,
            b' ' => {}
            _ => inside = false,
        }
    }
    text.len()
}

/// The rest of a global number, after its `+`: digits, and visual separators.
fn is_global(text: &[Token]) -> bool {
    let is_digit = |token: &Token| digit(*token).is_some();
    text.iter().any(is_digit)
        && text.iter().all(|token| is_digit(token) || matches!(*token as u8, b'-' | b'.' | b'(' | b')'))
}

/// A domain name: labels of letters, digits and inner hyphens, of which the last starts with a letter; a final dot is allowed.
fn is_domain(text: &[Token]) -> bool {
    // The last label so far: whether it started with a letter, and what its last character was.
    let (mut letter_first, mut last) = (false, b'.');
    for token in text {
        let is_letter = (*token as u8).is_ascii_alphabetic();
        let byte = match *token as u8 {
            b'-' if last != b'.' => b'-',
            b'.' if last == b'a' => b'.',
            _ if is_letter || digit(*token).is_some() => b'a',
            _ => return false,
        };
        if last == b'.' {
            letter_first = is_letter;
        }
        last = byte;
    }
    letter_first && last != b'-'
}

#[cfg(test)]
mod tests {
    use super::super::text::{LONGEST_TEXT, tokens};
    use super::extract;

    fn extracted(text: &str) -> Option<String> {
        let (mut space, mut spare) = ([0; LONGEST_TEXT], [0; LONGEST_TEXT]);
        let number = extract(tokens(text, &mut space).unwrap(), &mut spare)?;
        Some(number.iter().map(|token| char::from(*token as u8)).collect())
    }

    #[test]
    fn what_is_around_the_number_is_left_out() {
        assert_eq!(extracted("Tel: +1 415 (home)").as_deref(), Some("+1 415 (home"));
        assert_eq!(extracted("call 415..!").as_deref(), Some("415"));
        assert_eq!(extracted("(530) 583-6985 x302/x2303").as_deref(), Some("530) 583-6985 x302"));
        assert_eq!(extracted("415/ /  x1").as_deref(), Some("415/ "));
        assert_eq!(extracted("no digits").as_deref(), Some(""));
    }

    #[test]
    fn the_parameters_of_a_uri_are_understood() {
        assert_eq!(extracted("tel:863-1234;phone-context=+1-914-555").as_deref(), Some("+1-914-555863-1234"));
        assert_eq!(extracted("tel:863-1234;phone-context=a.example-2.com").as_deref(), Some("863-1234"));
        assert_eq!(extracted("863-1234;phone-context=+1;ext=5").as_deref(), Some("+1863-1234"));
        assert_eq!(extracted("tel:+1-415-555;isub=1").as_deref(), Some("+1-415-555"));
        for context in ["", "+", "+a", "-a", "a-", "a..b", "1.2", "a b", ".", "é.com"] {
            assert_eq!(extracted(&format!("tel:863-1234;phone-context={context}")), None, "{context}");
        }
    }
}
