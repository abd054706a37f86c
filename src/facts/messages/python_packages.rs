//! What Python packages say when their versions do not fit together.

use super::Message;

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "numpy-abi",
        patterns: &[
            "ValueError: numpy.dtype size changed, may indicate binary incompatibility",
            "{}A module that was compiled using NumPy 1.x cannot be run in",
            "ImportError: numpy.core.multiarray failed to import",
            "AttributeError: _ARRAY_API not found",
            "ValueError: numpy.ndarray size changed, may indicate binary incompatibility",
        ],
        cause: "A package was compiled for another NumPy than the installed one: usually for 1.x, and 2.x is installed.",
        fix: "Require `numpy<2`, or newer versions of the packages that use it.",
        example: "ValueError: numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88 from PyObject",
        source: "https://numpy.org/doc/stable/user/troubleshooting-importerror.html",
        ..Message::RAISED
    },
    Message {
        id: "numpy-name-removed",
        patterns: &[
            "AttributeError: module 'numpy' has no attribute 'float'",
            "AttributeError: module 'numpy' has no attribute 'int'",
            "AttributeError: module 'numpy' has no attribute 'bool'",
            "AttributeError: module 'numpy' has no attribute 'object'",
            "AttributeError: module 'numpy' has no attribute 'complex'",
            "AttributeError: module 'numpy' has no attribute 'str'",
            "AttributeError: module 'numpy' has no attribute 'long'",
            "AttributeError: module 'numpy' has no attribute 'unicode'",
            "AttributeError: `np.{name}` was removed in the NumPy 2.0 release",
        ],
        cause: "The code, or a package, uses a name of NumPy that newer versions do not have.",
        fix: "Require `numpy<1.24` for `np.float`, `np.int`, `np.bool` and `np.object`, `numpy<2` for what 2.0 removed; or use the builtin types.",
        rules: &["removed-api"],
        example: "AttributeError: module 'numpy' has no attribute 'float'.",
        source: "https://numpy.org/doc/stable/release/1.24.0-notes.html",
        ..Message::RAISED
    },
    Message {
        id: "pillow-name-removed",
        patterns: &[
            "AttributeError: module 'PIL.Image' has no attribute 'ANTIALIAS'",
            "AttributeError: 'ImageDraw' object has no attribute 'textsize'",
            "AttributeError: 'FreeTypeFont' object has no attribute 'getsize'",
        ],
        cause: "Pillow 10 removed ANTIALIAS, textsize, getsize and other names.",
        fix: "Require `Pillow<10`, or use `Image.LANCZOS` and `textbbox`.",
        rules: &["removed-api"],
        example: "AttributeError: module 'PIL.Image' has no attribute 'ANTIALIAS'",
        source: "https://pillow.readthedocs.io/en/stable/deprecations.html",
        ..Message::RAISED
    },
    Message {
        id: "openai-proxies",
        patterns: &[
            "TypeError: Client.__init__() got an unexpected keyword argument 'proxies'",
            "TypeError: AsyncClient.__init__() got an unexpected keyword argument 'proxies'",
            "TypeError: __init__() got an unexpected keyword argument 'proxies'",
        ],
        cause: "httpx 0.28 removed the argument `proxies`, which older versions of openai, anthropic, groq or gradio_client pass on.",
        fix: "Require a newer version of that package, or `httpx<0.28`.",
        example: "TypeError: Client.__init__() got an unexpected keyword argument 'proxies'",
        source: "https://github.com/openai/openai-python/issues/1902",
        ..Message::RAISED
    },
    Message {
        id: "openai-interface-removed",
        patterns: &["openai.lib._old_api.APIRemovedInV1: {text}", "APIRemovedInV1: "],
        cause: "The code was written for openai before 1.0, whose calls newer versions do not have.",
        fix: "Use `client.chat.completions.create(..)`, or require `openai<1`.",
        rules: &["removed-api"],
        example: "openai.lib._old_api.APIRemovedInV1: You tried to access openai.ChatCompletion, but this is no longer supported in openai>=1.0.0",
        source: "https://github.com/openai/openai-python",
        ..Message::RAISED
    },
    Message {
        id: "hub-cached-download-removed",
        patterns: &["ImportError: cannot import name 'cached_download' from 'huggingface_hub'"],
        cause: "A package imports `cached_download` from huggingface_hub, which version 0.26 removed.",
        fix: "Update that package (diffusers, sentence-transformers, transformers), or require `huggingface_hub<0.26`.",
        rules: &["removed-api"],
        example: "ImportError: cannot import name 'cached_download' from 'huggingface_hub'",
        source: "https://github.com/huggingface/diffusers",
        ..Message::RAISED
    },
    Message {
        id: "hub-too-old",
        patterns: &[
            "ImportError: cannot import name 'split_torch_state_dict_into_shards' from 'huggingface_hub'",
            "ImportError: cannot import name 'is_offline_mode' from 'huggingface_hub'",
        ],
        cause: "A package, such as accelerate or transformers, imports a name that the installed huggingface_hub does not have yet: it is too old for that package.",
        fix: "Require a newer huggingface_hub (0.23 or later for `split_torch_state_dict_into_shards`, 1.2.1 or later for `is_offline_mode`, which transformers 5 imports), and remove an exact pin of it from requirements.txt; or pin the package that imports the name to an older version.",
        example: "ImportError: cannot import name 'split_torch_state_dict_into_shards' from 'huggingface_hub'",
        source: "https://github.com/TencentARC/InstantMesh/issues/116",
        ..Message::RAISED
    },
    Message {
        id: "hub-name-missing",
        is_ambiguous: true,
        patterns: &["ImportError: cannot import name '{name}' from 'huggingface_hub'"],
        unless: &["'cached_download' from 'huggingface_hub'", "'HfFolder' from 'huggingface_hub'"],
        cause: "The installed huggingface_hub has no `{name}`: it is too old and does not have it yet, or too new and has removed it. Two packages have versions that do not belong together.",
        fix: "Look which package imports it (the line above the message). If the name is new, require a newer huggingface_hub; if it was removed, update that package or require an older huggingface_hub (`<1`).",
        also: &["removed-api"],
        example: "ImportError: cannot import name 'InferenceApi' from 'huggingface_hub'",
        source: "https://github.com/pydantic/pydantic-ai/issues/4092",
        ..Message::RAISED
    },
    Message {
        id: "name-not-in-package",
        is_ambiguous: true,
        patterns: &["ImportError: cannot import name '{name}' from '{module}' ({path}site-packages{rest})"],
        cause: "The installed version of {module} has no `{name}`: two packages have versions that do not belong together.",
        fix: "Pin {module}, or the package that imports the name, to versions that were made for each other.",
        rules: &["removed-api"],
        example: "ImportError: cannot import name 'url_quote' from 'werkzeug.urls' (/usr/local/lib/python3.11/site-packages/werkzeug/urls.py)",
        source: "https://github.com/pallets/flask",
        ..Message::RAISED
    },
    Message {
        id: "torchvision-functional-tensor",
        patterns: &["ModuleNotFoundError: No module named 'torchvision.transforms.functional_tensor'"],
        cause: "basicsr imports a module that torchvision 0.17 removed.",
        fix: "Require `torchvision<0.17` with its torch, or a fork such as basicsr-fixed.",
        example: "ModuleNotFoundError: No module named 'torchvision.transforms.functional_tensor'",
        source: "https://github.com/XPixelGroup/BasicSR",
        ..Message::RAISED
    },
    Message {
        id: "pydantic-settings-moved",
        patterns: &[
            "pydantic.errors.PydanticImportError: `BaseSettings` has been moved",
            "{}`BaseSettings` has been moved to the `pydantic-settings` package",
        ],
        cause: "The code was written for pydantic 1; in version 2, `BaseSettings` is in another package.",
        fix: "Add pydantic-settings and import it from there, or require `pydantic<2`.",
        example: "pydantic.errors.PydanticImportError: `BaseSettings` has been moved to the `pydantic-settings` package.",
        source: "https://docs.pydantic.dev/latest/migration/",
        ..Message::RAISED
    },
    Message {
        id: "protobuf-descriptors",
        patterns: &[
            "TypeError: Descriptors cannot be created directly",
            "TypeError: Descriptors cannot not be created directly",
        ],
        cause: "A package brings code that an older protobuf made, and a newer one is installed.",
        fix: "Update that package, or require `protobuf<4` (`3.20.3`).",
        example: "TypeError: Descriptors cannot be created directly.",
        source: "https://protobuf.dev/news/",
        ..Message::RAISED
    },
    Message {
        id: "keras-model-of-another-version",
        patterns: &[
            "TypeError: Error when deserializing class '{layer}' using config",
            "{}Unrecognized keyword arguments: ['batch_shape']",
            "ValueError: Unrecognized keyword arguments passed to {layer}",
        ],
        cause: "The model was saved with another major version of Keras than the installed one.",
        fix: "Install the TensorFlow that saved it (2.15 and older have Keras 2), use `tf_keras`, or save the model anew.",
        example: "TypeError: Error when deserializing class 'InputLayer' using config={'batch_shape': [None, 224, 224, 3]}",
        source: "https://github.com/keras-team/keras",
        ..Message::RAISED
    },
    Message {
        id: "sklearn-model-of-another-version",
        patterns: &[
            "ModuleNotFoundError: No module named 'sklearn.{module}'",
            "ValueError: node array from the pickle has an incompatible dtype",
            "AttributeError: Can't get attribute '{name}' on <module 'sklearn.{module}",
        ],
        cause: "The pickled model was made with another version of scikit-learn than the installed one.",
        fix: "Pin scikit-learn to the version that saved the model, or train and save it anew.",
        example: "ValueError: node array from the pickle has an incompatible dtype:",
        source: "https://scikit-learn.org/stable/model_persistence.html",
        ..Message::RAISED
    },
    Message {
        id: "lfs-pointer-instead-of-file",
        patterns: &[
            "_pickle.UnpicklingError: invalid load key, 'v'.",
            "pickle.UnpicklingError: invalid load key, 'v'.",
            "{}Error while deserializing header: HeaderTooLarge",
            "{}Error while deserializing header: header too large",
            "{}version https://git-lfs.github.com/spec/v1",
        ],
        cause: "The file is a pointer of Git LFS, a few lines of text, and not its content: it was pushed from a checkout without LFS.",
        fix: "Check out with LFS (`lfs: true` of `actions/checkout`, or `git lfs pull`), and push the content again.",
        rules: &["checkout-without-lfs"],
        example: "_pickle.UnpicklingError: invalid load key, 'v'.",
        source: "https://github.com/git-lfs/git-lfs",
        ..Message::RAISED
    },
    Message {
        id: "sqlite-too-old",
        patterns: &["RuntimeError: {}Your system has an unsupported version of sqlite3"],
        cause: "Chroma needs SQLite 3.35 or later, and the image's system is older.",
        fix: "Choose a base image on Debian 12 or later, or put pysqlite3-binary in place of sqlite3.",
        example: "RuntimeError: Your system has an unsupported version of sqlite3. Chroma requires sqlite3 >= 3.35.0.",
        source: "https://docs.trychroma.com/docs/overview/troubleshooting",
        ..Message::RAISED
    },
    Message {
        id: "nltk-resource-missing",
        patterns: &["{}Resource {name} not found.", "LookupError: Resource {name} not found"],
        near: &["LookupError"],
        cause: "NLTK does not find its data `{name}`: it was downloaded for root while the image was built, or not at all.",
        fix: "Download it after `USER user`, or to a folder that `NLTK_DATA` names, both at build and at run time.",
        rules: &["installed-for-root"],
        example: "Resource punkt not found.",
        source: "https://www.nltk.org/data.html",
        ..Message::RAISED
    },
    Message {
        id: "spacy-model-missing",
        patterns: &["OSError: [E050] Can't find model '{model}'"],
        cause: "The spaCy model {model} is not installed in the image.",
        fix: "Add `RUN python -m spacy download {model}`, or the address of its wheel to requirements.txt.",
        example: "OSError: [E050] Can't find model 'en_core_web_sm'.",
        source: "https://spacy.io/usage/models",
        ..Message::RAISED
    },
];
