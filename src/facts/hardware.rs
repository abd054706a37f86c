//! Hardware flavours of Spaces.
//!
//! Sources: `SpaceHardware` in `huggingface_hub` 2.4.0, which its authors compare with the live API, and
//! <https://huggingface.co/docs/hub/spaces-gpus>.

/// A flavour that `suggested_hardware` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Flavor {
    /// The Hub's identifier.
    pub id: &'static str,
    /// What it is, for people.
    pub summary: &'static str,
}

const fn flavor(id: &'static str, summary: &'static str) -> Flavor {
    Flavor { id, summary }
}

/// ZeroGPU: a GPU for the length of one call, Gradio SDK only.
/// Source: <https://huggingface.co/docs/hub/spaces-zerogpu>.
pub const ZERO_GPU: &str = "zero-a10g";

/// The free flavour that every Space starts on.
pub const CPU_BASIC: &str = "cpu-basic";

/// The flavours that a wizard lists first.
pub const USUAL: &[&str] = &[CPU_BASIC, ZERO_GPU, "t4-small", "l4x1", "a10g-small"];

/// Every flavour, smallest first within its family.
pub const FLAVORS: &[Flavor] = &[
    flavor(CPU_BASIC, "2 vCPU, 16 GB, no charge"),
    flavor("cpu-upgrade", "8 vCPU, 32 GB"),
    flavor(ZERO_GPU, "ZeroGPU, a GPU while a function runs"),
    flavor("t4-small", "Nvidia T4, 4 vCPU, 15 GB"),
    flavor("t4-medium", "Nvidia T4, 8 vCPU, 30 GB"),
    flavor("l4x1", "Nvidia L4, 8 vCPU, 30 GB"),
    flavor("l4x4", "4 Nvidia L4, 48 vCPU, 186 GB"),
    flavor("l40sx1", "Nvidia L40S, 8 vCPU, 62 GB"),
    flavor("l40sx4", "4 Nvidia L40S, 48 vCPU, 382 GB"),
    flavor("l40sx8", "8 Nvidia L40S, 192 vCPU, 1534 GB"),
    flavor("a10g-small", "Nvidia A10G, 4 vCPU, 15 GB"),
    flavor("a10g-large", "Nvidia A10G, 12 vCPU, 46 GB"),
    flavor("a10g-largex2", "2 Nvidia A10G, 24 vCPU, 92 GB"),
    flavor("a10g-largex4", "4 Nvidia A10G, 48 vCPU, 184 GB"),
    flavor("a100-large", "Nvidia A100, 12 vCPU, 142 GB"),
    flavor("a100x4", "4 Nvidia A100, 48 vCPU, 568 GB"),
    flavor("a100x8", "8 Nvidia A100, 96 vCPU, 1136 GB"),
    flavor("rtx-pro-6000", "Nvidia RTX Pro 6000"),
    flavor("rtx-pro-6000x2", "2 Nvidia RTX Pro 6000"),
    flavor("rtx-pro-6000x4", "4 Nvidia RTX Pro 6000"),
    flavor("rtx-pro-6000x8", "8 Nvidia RTX Pro 6000"),
];

/// Flavours that the Hub's JavaScript client and docs name, and its Python client does not.
/// Source: `SpaceHardwareFlavor` in `@huggingface/hub` 2.17.5.
pub const SEEN_ELSEWHERE: [&str; 4] = ["cpu-performance", "cpu-xl", "inf2x6", "sprx8"];
