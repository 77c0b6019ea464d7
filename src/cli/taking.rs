//! A network to look at over time: a saved one, or one that is counted from articles.

use std::{
    collections::BTreeSet,
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use clap::Args;
use serde::{Deserialize, de::IgnoredAny};
use sociogram::{Network, Pipeline, Report};

use super::{How, READ, Reading, Usage, books, exit_code, read_network};

/// Articles, how they are counted, or a saved network.
#[derive(Args)]
pub(super) struct Taking {
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    how: How,
}

/// What a saved network was made with, and cannot be changed any more.
const OF_ARTICLES: [&str; 20] = [
    "input_format",
    "text_field",
    "date_field",
    "title_field",
    "id_field",
    "url_field",
    "outlet_field",
    "language_field",
    "limit",
    "actors",
    "text",
    "discover",
    "kinds",
    "mentions",
    "coref",
    "threads",
    "report",
    "unit",
    "zones",
    "copies",
];

impl Taking {
    /// Fails where a file that is `written` would replace one that is read.
    pub(super) fn check(&self, written: Vec<PathBuf>) -> Result<()> {
        self.reading.check(written)
    }

    /// The saved network, where there is one input and it is one.
    pub(super) fn saved(&self, said: &[String]) -> Result<Option<Network>> {
        let [path] = self.reading.inputs.as_slice() else { return Ok(None) };
        if !is_network(path) {
            return Ok(None);
        }
        if let Some(argument) = said.iter().find(|it| OF_ARTICLES.contains(&it.as_str())) {
            let shown = path.display();
            let flag = argument.replace('_', "-");
            bail!(Usage(format!(
                "--{flag} says how articles are read, and {shown} is a saved network; give the articles"
            )));
        }
        read_network(path).map(Some)
    }

    /// The network of one input or of all articles, and the exit code.
    pub(super) fn network(&self, said: &[String]) -> Result<(Network, u8)> {
        if let Some(network) = self.saved(said)? {
            return Ok((network, READ));
        }
        self.counted(Pipeline::build)
    }

    /// What `count` makes of all articles, and the exit code.
    pub(super) fn counted<T: Send>(
        &self,
        count: impl FnOnce(&Pipeline, Box<dyn Iterator<Item = sociogram::source::Item> + Send>) -> (T, Report) + Send,
    ) -> Result<(T, u8)> {
        let pipeline = self.reading.pipeline(self.how.counting(None, BTreeSet::new()), false)?;
        let (counted, report) = self.reading.run(true, |items| count(&pipeline, items))?;
        if report.books.read == 0 {
            bail!("nothing written: no article could be read ({})", books(&report));
        }
        Ok((counted, exit_code(&report)))
    }

    /// The inputs as two saved networks.
    pub(super) fn pair(&self) -> Option<[&PathBuf; 2]> {
        let [a, b] = self.reading.inputs.as_slice() else { return None };
        Some([a, b])
    }
}

/// What only a saved network has.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "schema")]
    _schema: u64,
    #[serde(rename = "nodes")]
    _nodes: IgnoredAny,
    #[serde(rename = "edges")]
    _edges: IgnoredAny,
}

/// Whether a file begins with a saved network; of articles, the first is looked at.
fn is_network(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let Ok(file) = File::open(path) else { return false };
    let read = serde_json::Deserializer::from_reader(BufReader::new(file)).into_iter::<Head>().next();
    read.is_some_and(|head| head.is_ok())
}
