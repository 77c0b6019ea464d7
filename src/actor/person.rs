//! Persons within one article: full names to persons, then surnames and given names to full names.
//!
//! A journalist names a person in full and then by surname; people of one surname are told apart by given names and titles. What
//! cannot be told stays open between its candidates.

use super::name::{Likeness, Name, genders_agree, is_slip, is_spelt_alike};

/// A place that names a person, in order of the text.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The name there; its gender is also told by the title before it.
    pub(super) name: Name,
    /// The name as it is written, on one line.
    pub(super) written: String,
    /// Persons who are not meant, by number.
    pub(super) not: Vec<usize>,
}

/// A person of the article.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    /// Index in the roster, if it is listed.
    pub(super) listed: Option<usize>,
    /// The names that count: full names, a single one only where there is none.
    pub(super) names: Vec<Written>,
    /// Number of the place at which it is named first.
    pub(super) first: usize,
    /// How many places name it.
    pub(super) places: usize,
    /// How many of these by surname or given name alone.
    pub(super) alone: usize,
}

/// A name as the article writes it first, and how often.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) name: Name,
    pub(super) text: String,
    pub(super) count: usize,
}

/// Who is named at a place: one person, or several between whom nothing decides; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// Numbers of the persons, in order.
    pub(super) persons: Vec<usize>,
    /// The rule, in words.
    pub(super) how: &'static str,
}

/// Reads all `places`, given the `persons` who are known already: these stay in front.
pub(super) fn read(places: &[Place], persons: Vec<Person>) -> (Vec<Person>, Vec<Option<Reading>>) {
    let mut cast = Cast { persons };
    let mut readings: Vec<Option<Reading>> = vec![None; places.len()];
    for initial in [false, true] {
        for (number, place) in places.iter().enumerate() {
            if place.name.is_full() && has_initial(&place.name) == initial {
                let reading = cast.full(place, number);
                set(&mut readings, number, reading);
            }
        }
    }
    for (number, place) in places.iter().enumerate() {
        if !place.name.is_full() && !place.name.words.is_empty() {
            let reading = cast.single(place, number);
            set(&mut readings, number, reading);
        }
    }
    (cast.persons, readings)
}

fn set(readings: &mut [Option<Reading>], number: usize, reading: Reading) {
    if let Some(slot) = readings.get_mut(number) {
        *slot = Some(reading);
    }
}

fn has_initial(name: &Name) -> bool {
    name.given().is_some_and(|given| given.chars().count() < 2)
}

/// The persons of one article as they come together.
struct Cast {
    persons: Vec<Person>,
}

impl Cast {
    /// Whom a full name names: the person whose names it is likest to, a new one where there is none.
    fn full(&mut self, place: &Place, number: usize) -> Reading {
        let likely = |(index, person): (usize, &Person)| {
            let likeness = person.likeness(&place.name).filter(|_| !place.not.contains(&index))?;
            Some((likeness, index))
        };
        let fits: Vec<(Likeness, usize)> = self.persons.iter().enumerate().filter_map(likely).collect();
        let best = fits.iter().map(|it| it.0).min();
        let persons: Vec<usize> = fits.iter().filter(|it| Some(it.0) == best).map(|it| it.1).collect();
        match (best, persons.as_slice()) {
            (Some(likeness), [person]) => self.name(*person, place, number, how(likeness)),
            (Some(Likeness::Same), [person, ..]) => self.name(*person, place, number, "full name"),
            (Some(_), [_, ..]) => Reading { persons, how: "initial or short name that several persons fit" },
            _ => self.add(place, number, "full name"),
        }
    }

    /// Whom a surname or given name names.
    fn single(&mut self, place: &Place, number: usize) -> Reading {
        let rules: [(&'static str, Fits); 4] = [
            ("surname", Person::has_surname),
            ("given name", Person::has_given),
            ("part of a name", Person::has_word),
            ("surname but for one letter", Person::has_like_surname),
        ];
        for (how, fits) in rules {
            let persons = self.fitting(place, fits);
            match self.narrowed(persons, place, number).as_slice() {
                [] => (),
                [person] => {
                    if let Some(person) = self.persons.get_mut(*person) {
                        person.alone += 1;
                    }
                    let how = if place.name.gender.is_some() && how == "surname" { "title and surname" } else { how };
                    return self.name(*person, place, number, how);
                }
                several => return Reading { persons: several.to_vec(), how: "name that several persons share" },
            }
        }
        self.add(place, number, "single name")
    }

    fn fitting(&self, place: &Place, fits: Fits) -> Vec<usize> {
        let name = &place.name;
        let may = |person: &Person| {
            fits(person, name) && genders_agree(name.gender, person.told_gender()) && person.suffix_agrees(name)
        };
        let persons = self.persons.iter().enumerate().filter(|(_, person)| may(person)).map(|it| it.0);
        persons.filter(|person| !place.not.contains(person)).collect()
    }

    /// Of several persons whom a name fits those who are meant: those who were named before; whom the title tells; without a
    /// suffix; the one whom the article called so twice before the others came.
    fn narrowed(&self, persons: Vec<usize>, place: &Place, number: usize) -> Vec<usize> {
        let gender = place.name.gender;
        let told = |person: &Person| gender.is_some() && person.told_gender() == gender;
        let rules: [&dyn Fn(&Person) -> bool; 4] = [
            &|person| person.first <= number,
            &told,
            &|person| person.names.iter().all(|it| it.name.suffix.is_none()),
            &|person| person.alone > 1,
        ];
        rules.iter().fold(persons, |persons, rule| {
            let fewer: Vec<usize> =
                persons.iter().copied().filter(|person| self.persons.get(*person).is_some_and(rule)).collect();
            if persons.len() > 1 && !fewer.is_empty() { fewer } else { persons }
        })
    }

    fn name(&mut self, number: usize, place: &Place, at: usize, how: &'static str) -> Reading {
        if let Some(person) = self.persons.get_mut(number) {
            person.enter(place, at);
        }
        Reading { persons: vec![number], how }
    }

    fn add(&mut self, place: &Place, at: usize, how: &'static str) -> Reading {
        self.persons.push(Person { first: at, ..Person::default() });
        self.name(self.persons.len() - 1, place, at, how)
    }
}

/// Whether a person bears a single name.
type Fits = fn(&Person, &Name) -> bool;

impl Person {
    fn enter(&mut self, place: &Place, at: usize) {
        self.places += 1;
        self.first = self.first.min(at);
        let first = self.names.is_empty();
        let known =
            self.names.iter_mut().find(|it| it.name.words == place.name.words && it.name.suffix == place.name.suffix);
        match known {
            Some(known) => {
                known.count += 1;
                known.name.gender = known.name.gender.or(place.name.gender);
            }
            None if place.name.is_full() || first => {
                self.names.push(Written { name: place.name.clone(), text: place.written.clone(), count: 1 });
            }
            None => (),
        }
    }

    /// Why `name` may be this person's: it may not contradict any of the full names that are known.
    fn likeness(&self, name: &Name) -> Option<Likeness> {
        let full: Vec<Option<Likeness>> =
            self.names.iter().filter(|it| it.name.is_full()).map(|it| it.name.likeness(name)).collect();
        full.iter().copied().collect::<Option<Vec<Likeness>>>()?.into_iter().min()
    }

    /// What titles and given names tell.
    pub(super) fn told_gender(&self) -> Option<crate::mention::Gender> {
        self.names.iter().find_map(|it| it.name.told_gender())
    }

    /// Whether a join over the whole run might take the two for one: they share a surname.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.names.iter().any(|it| other.has_surname(&it.name))
    }

    fn suffix_agrees(&self, name: &Name) -> bool {
        name.suffix.is_none() || self.names.iter().any(|it| it.name.suffix == name.suffix)
    }

    fn has_surname(&self, name: &Name) -> bool {
        self.names.iter().any(|it| is_spelt_alike(it.name.surname(), name.surname()))
    }

    fn has_like_surname(&self, name: &Name) -> bool {
        self.names.iter().any(|it| it.name.is_full() && is_slip(it.name.surname(), name.surname()))
    }

    fn has_given(&self, name: &Name) -> bool {
        self.names.iter().any(|it| it.name.given() == Some(name.surname()))
    }

    fn has_word(&self, name: &Name) -> bool {
        let word = name.surname();
        self.names.iter().any(|it| {
            it.name
                .words
                .iter()
                .any(|own| own == word || (own.contains('-') && own.split('-').any(|part| part == word)))
        })
    }

    /// The name by which the article knows the person best: a full one without initial for the given name if there is one, the
    /// commonest, the first; a single name with the title that tells it from another.
    pub(super) fn best_name(&self) -> Option<&Written> {
        self.names.iter().rev().max_by_key(|it| (it.name.is_full(), !has_initial(&it.name), it.count))
    }
}

fn how(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Same | Likeness::Longer => "full name",
        Likeness::Spelling | Likeness::Slip => "other spelling",
        Likeness::Initial => "initial and surname",
        Likeness::Nickname | Likeness::Shortened => "short given name and surname",
    }
}
