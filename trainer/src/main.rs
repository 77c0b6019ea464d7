//! Trains the name tagger of sociogram, and measures it.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a program for those who work on sociogram: it prints, and a panic is a failed training"
)]

mod corpus;
mod learn;
mod measure;
mod news;

use std::{env, fs, path::Path};

use anyhow::{Context as _, bail};
use sociogram::mention::tagger::Model;

const USAGE: &str = "\
trainer train FOLDER MODEL     trains on the .jsonl files of FOLDER and writes MODEL
trainer measure MODEL GOLD...  scores MODEL on gold: pud.jsonl, gum_news.jsonl
trainer errors MODEL GOLD      lists what is wrong, one name a line
trainer cross FOLDER           trains on the files of FOLDER but one, scores that one, for some of them";

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["train", folder, model] => train(folder.as_ref(), model.as_ref()),
        ["measure", model, gold @ ..] if !gold.is_empty() => measure(model.as_ref(), gold),
        ["errors", model, path] => errors(model.as_ref(), path.as_ref()),
        ["cross", folder, rest @ ..] => cross(folder.as_ref(), rest),
        _ => bail!("{USAGE}"),
    }
}

fn train(folder: &Path, path: &Path) -> anyhow::Result<()> {
    let articles = corpus::read(folder)?;
    let bytes = learn::model(&articles);
    fs::write(path, &bytes).with_context(|| format!("{} cannot be written", path.display()))?;
    println!("{}: {} bytes from {} articles", path.display(), bytes.len(), articles.len());
    Ok(())
}

fn measure(path: &Path, gold: &[&str]) -> anyhow::Result<()> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let model = Model::read(&bytes)?;
    for path in gold {
        let articles = corpus::gold(path.as_ref())?;
        println!("{path}: {}", measure::score(&model, &articles));
    }
    Ok(())
}

fn errors(path: &Path, gold: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let model = Model::read(&bytes)?;
    for article in corpus::gold(gold)? {
        for line in measure::errors(&model, &article) {
            println!("{line}");
        }
    }
    Ok(())
}

/// Leaves each of the news-like files out in turn: what is tuned by hand is tuned on these.
fn cross(folder: &Path, left_out: &[&str]) -> anyhow::Result<()> {
    let articles = corpus::read(folder)?;
    for name in left_out {
        let (held, rest): (Vec<_>, Vec<_>) = articles.iter().cloned().partition(|article| article.source == *name);
        let model = Model::read(&learn::model(&rest))?;
        println!("{name}: {}", measure::score(&model, &held));
    }
    Ok(())
}
