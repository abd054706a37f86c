//! What libraries say that load models and datasets.

use super::Message;

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "model-type-unknown",
        patterns: &[
            "ValueError: The checkpoint you are trying to load has model type `{type}` but Transformers does not recognize this architecture",
        ],
        cause: "The installed transformers is too old for models of the type `{type}`, or the model brings code of its own.",
        fix: "Require a newer transformers, and remove an exact pin of it. If the model's page says to load it with `trust_remote_code=True`, do that after you have read the code.",
        example: "ValueError: The checkpoint you are trying to load has model type `qwen3` but Transformers does not recognize this architecture.",
        source: "https://github.com/huggingface/transformers/issues/32107",
        ..Message::RAISED
    },
    Message {
        id: "model-type-unknown-to-old-version",
        patterns: &["KeyError: '{type}'"],
        near: &["CONFIG_MAPPING["],
        unless: &["does not recognize this architecture"],
        cause: "The installed transformers is too old for models of the type `{type}`: it has no configuration of that name.",
        fix: "Require a newer transformers, and remove an exact pin of it from requirements.txt.",
        example: "KeyError: 'qwen3'",
        source: "https://github.com/huggingface/transformers/issues/32107",
        ..Message::RAISED
    },
    Message {
        id: "gguf-not-loaded",
        is_ambiguous: true,
        patterns: &["ValueError: Failed to load model from file: {file}"],
        cause: "llama.cpp cannot load {file}: the file is incomplete or a pointer of Git LFS, it is of a kind of model that the installed llama-cpp-python does not know yet, or the memory is not sufficient.",
        fix: "Load it with `verbose=True`, which prints the reason. Look at the size of the file, require a newer llama-cpp-python, or choose a smaller quantization.",
        also: &["checkout-without-lfs"],
        example: "ValueError: Failed to load model from file: /home/user/app/model.gguf",
        source: "https://github.com/abetlen/llama-cpp-python/pull/2187",
        ..Message::RAISED
    },
    Message {
        id: "model-code-needs-packages",
        patterns: &[
            "ImportError: This modeling file requires the following packages that were not found in your environment: {packages}. Run",
        ],
        cause: "The code that the model brings imports packages that are not installed: {packages}.",
        fix: "Add {packages} to requirements.txt. `flash_attn` needs a GPU and a prebuilt wheel; where the model allows it, choose `attn_implementation=\"sdpa\"`.",
        example: "ImportError: This modeling file requires the following packages that were not found in your environment: einops. Run `pip install einops`",
        source: "https://github.com/huggingface/transformers",
        ..Message::RAISED
    },
    Message {
        id: "sentencepiece-missing",
        patterns: &[
            "{}requires the SentencePiece library but it was not found in your environment",
            "{}requires the sentencepiece library but it was not found in your environment",
            "{}requires the protobuf library but it was not found in your environment",
        ],
        cause: "The tokenizer of the model needs a package that transformers does not install by itself.",
        fix: "Add the package that the message names (`sentencepiece`, `protobuf`) to requirements.txt.",
        example: "LlamaTokenizer requires the SentencePiece library but it was not found in your environment.",
        source: "https://github.com/huggingface/transformers",
        ..Message::RAISED
    },
    Message {
        id: "remote-code-not-trusted",
        patterns: &["{}set the option `trust_remote_code=True` to remove this error"],
        cause: "The model, or the dataset, comes with code of its own, which runs only if the app allows it.",
        fix: "Read that code on the Hub; if you trust it, pass `trust_remote_code=True`, best with `revision=` of the commit that you have read.",
        example: "ValueError: Loading acme/model requires you to execute the configuration file in that repo on your local machine. Make sure you have read the code there to avoid malicious use, then set the option `trust_remote_code=True` to remove this error.",
        source: "https://github.com/huggingface/transformers",
        ..Message::RAISED
    },
    Message {
        id: "dataset-script-unsupported",
        patterns: &["RuntimeError: Dataset scripts are no longer supported, but found {file}"],
        cause: "The dataset is made by a script, {file}, and datasets 4.0 and later run no scripts.",
        fix: "Use a version of the dataset in Parquet (many have one in the branch `refs/convert/parquet`), or require `datasets<4`.",
        example: "RuntimeError: Dataset scripts are no longer supported, but found superb.py",
        source: "https://github.com/huggingface/datasets/issues/7693",
        ..Message::RAISED
    },
    Message {
        id: "keras-3-unsupported",
        patterns: &[
            "{}Your currently installed version of Keras is Keras 3, but this is not yet supported in Transformers",
        ],
        cause: "transformers uses Keras 2 for its TensorFlow models, and TensorFlow 2.16 and later bring Keras 3.",
        fix: "Add `tf-keras` to requirements.txt. If the app uses PyTorch models only, remove tensorflow, or set `ENV USE_TF=0`.",
        example: "ValueError: Your currently installed version of Keras is Keras 3, but this is not yet supported in Transformers.",
        source: "https://github.com/huggingface/transformers",
        ..Message::RAISED
    },
    Message {
        id: "hub-not-reached",
        is_ambiguous: true,
        patterns: &[
            "LocalEntryNotFoundError: An error happened while trying to locate the file on the Hub",
            "LocalEntryNotFoundError: Cannot find an appropriate cached snapshot folder",
            "OSError: We couldn't connect to 'https://huggingface.co' to load",
        ],
        cause: "The files are not in the app's cache, and they could not be downloaded from the Hub: `HF_HUB_OFFLINE` is set, the Hub or the network failed for a moment, or the request was refused. A traceback above this one often shows which.",
        fix: "Look for the first error above. Remove `HF_HUB_OFFLINE` and `TRANSFORMERS_OFFLINE`, or download the files when the image is built (`preload_from_hub`); otherwise restart the Space.",
        also: &["moved-cache-with-preload"],
        example: "huggingface_hub.errors.LocalEntryNotFoundError: An error happened while trying to locate the file on the Hub and we cannot find the requested files in the local cache.",
        source: "https://github.com/huggingface/huggingface_hub",
        ..Message::RAISED
    },
];
