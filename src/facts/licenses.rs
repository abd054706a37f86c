//! Licence identifiers that the Hub accepts.
//!
//! Source: <https://huggingface.co/docs/hub/repositories-licenses>, read on 2026-08-22; the Hub refuses any other
//! with `"license" must be one of`.

/// A licence as the Hub names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct License {
    /// The identifier that goes into `license:`.
    pub id: &'static str,
    /// The name the Hub shows for it.
    pub name: &'static str,
}

const fn license(id: &'static str, name: &'static str) -> License {
    License { id, name }
}

/// The licences that a wizard lists first.
pub const USUAL: &[&str] = &["apache-2.0", "mit", "bsd-3-clause", "gpl-3.0", "cc-by-4.0", "other"];

/// Every licence of the Hub's list, in its order.
pub const LICENSES: &[License] = &[
    license("apache-2.0", "Apache license 2.0"),
    license("mit", "MIT"),
    license("openrail", "OpenRAIL license family"),
    license("bigscience-openrail-m", "BigScience OpenRAIL-M"),
    license("creativeml-openrail-m", "CreativeML OpenRAIL-M"),
    license("bigscience-bloom-rail-1.0", "BigScience BLOOM RAIL 1.0"),
    license("bigcode-openrail-m", "BigCode Open RAIL-M v1"),
    license("afl-3.0", "Academic Free License v3.0"),
    license("artistic-2.0", "Artistic license 2.0"),
    license("bsl-1.0", "Boost Software License 1.0"),
    license("bsd", "BSD license family"),
    license("bsd-2-clause", "BSD 2-clause \"Simplified\" license"),
    license("bsd-3-clause", "BSD 3-clause \"New\" or \"Revised\" license"),
    license("bsd-3-clause-clear", "BSD 3-clause Clear license"),
    license("c-uda", "Computational Use of Data Agreement"),
    license("cc", "Creative Commons license family"),
    license("cc0-1.0", "Creative Commons Zero v1.0 Universal"),
    license("cc-by-2.0", "Creative Commons Attribution 2.0"),
    license("cc-by-2.5", "Creative Commons Attribution 2.5"),
    license("cc-by-3.0", "Creative Commons Attribution 3.0"),
    license("cc-by-4.0", "Creative Commons Attribution 4.0"),
    license("cc-by-sa-3.0", "Creative Commons Attribution Share Alike 3.0"),
    license("cc-by-sa-4.0", "Creative Commons Attribution Share Alike 4.0"),
    license("cc-by-nc-2.0", "Creative Commons Attribution Non Commercial 2.0"),
    license("cc-by-nc-3.0", "Creative Commons Attribution Non Commercial 3.0"),
    license("cc-by-nc-4.0", "Creative Commons Attribution Non Commercial 4.0"),
    license("cc-by-nd-4.0", "Creative Commons Attribution No Derivatives 4.0"),
    license("cc-by-nc-nd-3.0", "Creative Commons Attribution Non Commercial No Derivatives 3.0"),
    license("cc-by-nc-nd-4.0", "Creative Commons Attribution Non Commercial No Derivatives 4.0"),
    license("cc-by-nc-sa-2.0", "Creative Commons Attribution Non Commercial Share Alike 2.0"),
    license("cc-by-nc-sa-3.0", "Creative Commons Attribution Non Commercial Share Alike 3.0"),
    license("cc-by-nc-sa-4.0", "Creative Commons Attribution Non Commercial Share Alike 4.0"),
    license("cdla-sharing-1.0", "Community Data License Agreement – Sharing, Version 1.0"),
    license("cdla-permissive-1.0", "Community Data License Agreement – Permissive, Version 1.0"),
    license("cdla-permissive-2.0", "Community Data License Agreement – Permissive, Version 2.0"),
    license("wtfpl", "Do What The F*ck You Want To Public License"),
    license("ecl-2.0", "Educational Community License v2.0"),
    license("epl-1.0", "Eclipse Public License 1.0"),
    license("epl-2.0", "Eclipse Public License 2.0"),
    license("etalab-2.0", "Etalab Open License 2.0"),
    license("eupl-1.1", "European Union Public License 1.1"),
    license("eupl-1.2", "European Union Public License 1.2"),
    license("agpl-3.0", "GNU Affero General Public License v3.0"),
    license("gfdl", "GNU Free Documentation License family"),
    license("gpl", "GNU General Public License family"),
    license("gpl-2.0", "GNU General Public License v2.0"),
    license("gpl-3.0", "GNU General Public License v3.0"),
    license("lgpl", "GNU Lesser General Public License family"),
    license("lgpl-2.1", "GNU Lesser General Public License v2.1"),
    license("lgpl-3.0", "GNU Lesser General Public License v3.0"),
    license("isc", "ISC"),
    license("h-research", "H Research License"),
    license("intel-research", "Intel Research Use License Agreement"),
    license("lppl-1.3c", "LaTeX Project Public License v1.3c"),
    license("ms-pl", "Microsoft Public License"),
    license("apple-ascl", "Apple Sample Code license"),
    license("apple-amlr", "Apple Model License for Research"),
    license("mpl-2.0", "Mozilla Public License 2.0"),
    license("odc-by", "Open Data Commons License Attribution family"),
    license("odbl", "Open Database License family"),
    license("openmdw-1.0", "Open Model, Data & Weights License Agreement"),
    license("openmdw-1.1", "Open Model, Data & Weights License Agreement v1.1"),
    license("openrail++", "Open Rail++-M License"),
    license("osl-3.0", "Open Software License 3.0"),
    license("postgresql", "PostgreSQL License"),
    license("ofl-1.1", "SIL Open Font License 1.1"),
    license("ncsa", "University of Illinois/NCSA Open Source License"),
    license("unlicense", "The Unlicense"),
    license("zlib", "zLib License"),
    license("pddl", "Open Data Commons Public Domain Dedication and License"),
    license("lgpl-lr", "Lesser General Public License For Linguistic Resources"),
    license("deepfloyd-if-license", "DeepFloyd IF Research License Agreement"),
    license("fair-noncommercial-research-license", "FAIR Noncommercial Research License"),
    license("llama2", "Llama 2 Community License Agreement"),
    license("llama3", "Llama 3 Community License Agreement"),
    license("llama3.1", "Llama 3.1 Community License Agreement"),
    license("llama3.2", "Llama 3.2 Community License Agreement"),
    license("llama3.3", "Llama 3.3 Community License Agreement"),
    license("llama4", "Llama 4 Community License Agreement"),
    license("grok2-community", "Grok 2 Community License Agreement"),
    license("gemma", "Gemma Terms of Use"),
    license("unknown", "Unknown"),
    license("other", "Other"),
];

/// Other names of well-known licences, as package registries and people write them, in lower case, with the Hub's identifier.
pub const OTHER_NAMES: &[(&str, &str)] = &[
    ("apache 2.0", "apache-2.0"),
    ("apache2", "apache-2.0"),
    ("apache2.0", "apache-2.0"),
    ("apache license 2.0", "apache-2.0"),
    ("mit license", "mit"),
    ("gplv3", "gpl-3.0"),
    ("gpl-3.0-only", "gpl-3.0"),
    ("gpl-3.0-or-later", "gpl-3.0"),
    ("agplv3", "agpl-3.0"),
    ("agpl-3.0-only", "agpl-3.0"),
    ("agpl-3.0-or-later", "agpl-3.0"),
];
