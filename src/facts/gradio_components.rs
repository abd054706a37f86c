//! What the components of Gradio give to a function and take from it.
//!
//! Source: <https://www.gradio.app/docs/gradio/introduction> (the pages of the components, "Behavior": "as input component",
//! "as output component", and the default of `type`), read with Gradio 6.31.

/// What a function gets from a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gives {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A number between `minimum` and `maximum`.
    Slider,
    /// Whether a box is checked.
    Boolean,
    /// One of `choices`.
    Choice,
    /// Some of `choices`.
    Choices,
    /// A picture, by `type`: `numpy`, `pil` or `filepath`.
    Picture,
    /// The path of a file, if `type` is `filepath`.
    File {
        /// Whether that is the default of `type`.
        by_default: bool,
        /// Whether the path has itself as its attribute `name`.
        named: bool,
    },
    /// What a text in JSON stands for.
    Json,
    /// The messages so far.
    Messages,
    /// Something that nobody outside of a session can give, and why.
    Nothing(&'static str),
}

/// What a component takes from a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// A text.
    Text,
    /// A number.
    Number,
    /// Whether a box is checked.
    Boolean,
    /// Anything that JSON can hold.
    Json,
    /// A picture: a path, an array or a picture of Pillow.
    Picture,
    /// Several pictures.
    Pictures,
    /// The path of a file with a sound, or its rate and its samples.
    Sound,
    /// The path of a file.
    File,
    /// The paths of files.
    Files,
    /// Something that only a page can show, and why.
    Nothing(&'static str),
}

/// A component.
#[derive(Debug)]
pub(crate) struct Component {
    /// The names of its class, and those by which `gr.Interface` knows it.
    pub(crate) names: &'static [&'static str],
    /// What a function gets from it.
    pub(crate) gives: Gives,
    /// What it takes from a function.
    pub(crate) takes: Takes,
}

const fn row(names: &'static [&'static str], gives: Gives, takes: Takes) -> Component {
    Component { names, gives, takes }
}

const fn path(by_default: bool, named: bool) -> Gives {
    Gives::File { by_default, named }
}

const STATE: &str = "it is kept for the session of one visitor, which a call from outside does not have";
const PAGE: &str = "only a page can show it";
const NO_FORM: &str = "there is no form for it outside of a page";

/// The components.
pub(crate) const COMPONENTS: &[Component] = &[
    row(
        &["Textbox", "Text", "TextArea", "text", "textbox", "textarea", "Code", "ColorPicker"],
        Gives::Text,
        Takes::Text,
    ),
    row(&["Markdown", "HTML", "markdown", "html"], Gives::Text, Takes::Text),
    row(&["Number", "number"], Gives::Number, Takes::Number),
    row(&["Slider", "slider"], Gives::Slider, Takes::Number),
    row(&["Checkbox", "checkbox"], Gives::Boolean, Takes::Boolean),
    row(&["Dropdown", "Radio", "dropdown", "radio"], Gives::Choice, Takes::Text),
    row(&["CheckboxGroup", "Checkboxgroup", "checkboxgroup"], Gives::Choices, Takes::Json),
    row(&["Image", "image"], Gives::Picture, Takes::Picture),
    row(&["Gallery", "gallery"], Gives::Nothing(NO_FORM), Takes::Pictures),
    row(&["Audio", "audio", "Microphone", "microphone", "Mic", "mic"], path(false, false), Takes::Sound),
    row(&["Video", "PlayableVideo", "video", "playablevideo"], path(true, false), Takes::File),
    row(&["File", "file", "UploadButton"], path(true, true), Takes::File),
    row(&["Files", "files"], Gives::Nothing("it gives several files"), Takes::Files),
    row(&["DownloadButton", "Model3D"], path(true, false), Takes::File),
    row(&["JSON", "Json", "json"], Gives::Json, Takes::Json),
    row(&["Label", "label"], Gives::Nothing(PAGE), Takes::Json),
    row(&["Chatbot", "chatbot"], Gives::Messages, Takes::Json),
    row(&["State", "state", "BrowserState"], Gives::Nothing(STATE), Takes::Nothing(STATE)),
    row(&["Request"], Gives::Nothing("it is the request of a browser"), Takes::Nothing(PAGE)),
    row(
        &["DateTime", "Timer", "Button", "ClearButton", "DuplicateButton"],
        Gives::Nothing(NO_FORM),
        Takes::Nothing(PAGE),
    ),
    row(&["Dataframe", "DataFrame", "dataframe", "Plot", "plot"], Gives::Nothing(NO_FORM), Takes::Nothing(PAGE)),
    row(&["Numpy", "numpy", "Matrix", "matrix", "List", "list"], Gives::Nothing(NO_FORM), Takes::Nothing(PAGE)),
    row(
        &["HighlightedText", "Highlightedtext", "Highlight", "highlightedtext", "highlight"],
        Gives::Nothing(NO_FORM),
        Takes::Nothing(PAGE),
    ),
    row(
        &["AnnotatedImage", "Annotatedimage", "ImageSlider", "Dialogue", "FileExplorer", "ParamViewer"],
        Gives::Nothing(NO_FORM),
        Takes::Nothing(PAGE),
    ),
    row(&["LinePlot", "BarPlot", "ScatterPlot"], Gives::Nothing(PAGE), Takes::Nothing(PAGE)),
    row(
        &["ImageEditor", "ImageMask", "Sketchpad", "Paint", "MultimodalTextbox"],
        Gives::Nothing(NO_FORM),
        Takes::Nothing(PAGE),
    ),
];

/// The methods of components that register a function: their events, and those that follow one.
pub(crate) const EVENTS: &[&str] = &[
    "apply",
    "blur",
    "change",
    "clear",
    "click",
    "copy",
    "delete",
    "double_click",
    "download",
    "edit",
    "end",
    "example_select",
    "expand",
    "failure",
    "focus",
    "input",
    "key_down",
    "key_up",
    "like",
    "load",
    "option_select",
    "pause",
    "pause_recording",
    "play",
    "preview_open",
    "release",
    "retry",
    "select",
    "start_recording",
    "stop",
    "stop_recording",
    "stream",
    "submit",
    "success",
    "then",
    "tick",
    "undo",
    "unload",
    "upload",
];

/// Types of parameters that Gradio fills in by itself.
pub(crate) const FILLED_IN: &[&str] = &[
    "Progress",
    "Request",
    "OAuthProfile",
    "OAuthToken",
    "EventData",
    "SelectData",
    "LikeData",
    "RetryData",
    "UndoData",
    "EditData",
    "KeyUpData",
    "DeletedFileData",
    "CopyData",
    "DownloadData",
];

/// The component of a name.
pub(crate) fn component(name: &str) -> Option<&'static Component> {
    COMPONENTS.iter().find(|row| row.names.contains(&name))
}
