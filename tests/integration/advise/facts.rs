//! How old the facts are, and that each has a source.

use spaces_new::unstable::platforms::{PLATFORMS, PURPOSES, Suit};

/// How old a fact may be, in months.
const MONTHS: i32 = 9;

/// A date as months and days. A date without a day is the first of its month.
fn date(text: &str) -> Option<(i32, i32)> {
    let mut parts = text.split('-').map(|part| part.parse::<i32>().ok());
    let (year, month) = (parts.next()??, parts.next()??);
    let day = parts.next().unwrap_or(Some(1))?;
    let is_date = parts.next().is_none() && (2020..2100).contains(&year) && (1..=12).contains(&month);
    (is_date && (1..=31).contains(&day)).then_some((year * 12 + month, day))
}

/// Whether a fact of a date is too old on a day.
fn is_old(fact: &str, today: &str) -> bool {
    let ((months, day), (now, today)) = (date(fact).unwrap(), date(today).unwrap());
    (now, today) > (months + MONTHS, day)
}

/// The facts that are too old on a day.
fn old(today: &str) -> Vec<String> {
    let facts = PLATFORMS.iter().flat_map(|platform| platform.facts.iter().map(move |fact| (platform.id, fact)));
    let old = facts.filter(|(_, fact)| is_old(fact.date, today));
    old.map(|(id, fact)| format!("{id}: {} ({}, {})", fact.text, fact.date, fact.source)).collect()
}

/// The date comes from outside, so that no other run depends on the clock.
#[test]
#[ignore = "needs TODAY, such as 2026-11-27; .ci/run gives it"]
fn no_fact_about_a_platform_is_older_than_nine_months() {
    let today = std::env::var("TODAY").expect("TODAY is not set");
    assert_eq!(old(&today), Vec::<String>::new(), "read these pages again, and renew the rows in src/facts/platforms/");
}

#[test]
fn an_old_fact_is_found() {
    for (fact, today, expected) in [
        ("2026-06-25", "2027-03-25", false),
        ("2026-06-25", "2027-03-26", true),
        ("2026-06", "2027-03-01", false),
        ("2026-06", "2027-03-02", true),
        ("2026-11-26", "2026-11-26", false),
        ("2025-12-31", "2026-10-01", true),
    ] {
        assert_eq!(is_old(fact, today), expected, "{fact} on {today}");
    }
    let all: usize = PLATFORMS.iter().map(|platform| platform.facts.len()).sum();
    assert_eq!(old("2099-01-01").len(), all);
    for text in ["2026", "2026-13-01", "2026-01-32", "26-01-01", "2026-01-01-01", "undated"] {
        assert_eq!(date(text), None, "{text}");
    }
}

#[test]
fn every_fact_has_a_date_and_a_public_page() {
    for platform in PLATFORMS {
        for fact in platform.facts {
            let place = format!("{}: {}", platform.id, fact.text);
            assert!(date(fact.date).is_some(), "{place}: {}", fact.date);
            let host = fact.source.strip_prefix("https://").and_then(|rest| rest.split('/').next());
            assert!(host.is_some_and(|host| host.contains('.') && !host.starts_with("localhost")), "{place}");
            assert!(
                !fact.source.contains(char::is_whitespace) && !fact.text.is_empty() && !fact.value.is_empty(),
                "{place}"
            );
        }
    }
}

/// Sentences are put into lists, after dashes and semicolons.
#[test]
fn every_reason_is_a_sentence_without_its_end() {
    for platform in PLATFORMS {
        let suits = platform.suits.iter().chain([&platform.suits_any]).map(|suit| match suit {
            Suit::Fits(why) | Suit::Not(why) => *why,
        });
        let prices = platform.offers.iter().map(|offer| offer.price);
        let others = platform.beyond.into_iter().chain([platform.no_gpu]).filter(|text| !text.is_empty());
        for text in suits.chain(prices).chain(others) {
            assert!(
                !text.ends_with('.') && text.starts_with(|char: char| char.is_lowercase() || char == '`'),
                "{text}"
            );
        }
        assert_eq!(platform.suits.len(), PURPOSES.len());
    }
}
