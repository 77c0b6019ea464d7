//! The command `sociogram`: see [`cli`].

mod cli;

/// A run asks for very many small pieces of memory.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::main()
}
