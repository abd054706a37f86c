use super::*;

fn repo(files: &[(&str, &str)]) -> Repo {
    Repo::from_files(files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec())))
}

fn of(text: &str) -> Callables {
    Functions::of(&repo(&[("app.py", text)])).served("app.py")
}

fn launches(text: &str) -> Vec<String> {
    let repo = repo(&[("app.py", text)]);
    Functions::of(&repo).launches("app.py").into_iter().map(|launch| launch.written).collect()
}

/// A callable in one line.
fn shown(one: &Callable) -> String {
    let literal = |literal: &Literal| match literal {
        Literal::Text(text) | Literal::Number(text) => text.clone(),
        other => format!("{other:?}"),
    };
    let arguments = one.arguments.iter().map(|argument| match argument {
        Argument::NoMessages { name } => format!("{name}=[]"),
        Argument::Input(input) => {
            let mut text = format!("{}{}: {:?}", if input.by_name { "*" } else { "" }, input.name, input.kind);
            let parts = [("=", &input.default), (" ge ", &input.least), (" le ", &input.most)];
            for (word, value) in parts {
                text.extend(value.iter().map(|value| format!("{word}{}", literal(value))));
            }
            if !input.choices.is_empty() {
                text.push_str(&format!(" of {}", input.choices.iter().map(literal).collect::<Vec<_>>().join("|")));
            }
            text
        }
    });
    let output = match &one.output {
        Output::One(shape) => format!("{shape:?}"),
        Output::Several(several) => format!("{several:?}"),
    };
    format!("{}({}) -> {output}", one.name, arguments.collect::<Vec<_>>().join(", "))
}

fn all(text: &str) -> Vec<String> {
    of(text).found.iter().map(shown).collect()
}

fn obstacles(text: &str) -> Vec<String> {
    let all = of(text);
    assert!(all.found.is_empty(), "{:?}", all.found.iter().map(shown).collect::<Vec<_>>());
    all.obstacles.into_iter().map(|one| format!("{}: {}", one.evidence.line.unwrap(), one.reason)).collect()
}

#[test]
fn an_interface() {
    let text = "import gradio as gr\ndef monthly(amount: float, percent: float, years: int = 10) -> dict[str, float]:\n  '''What it costs.\n\n  More.'''\ndemo = gr.Interface(fn=monthly, inputs=[gr.Number(label='Amount'), gr.Slider(minimum=0, maximum=12, value=4, step=0.1), gr.Slider(1, 30, value=10, step=1)], outputs=gr.JSON())\nif __name__ == '__main__':\n  demo.launch()\n";
    assert_eq!(
        all(text),
        ["monthly(amount: Number, percent: Number=4 ge 0 le 12, years: Whole=10 ge 1 le 30) -> Json"]
    );
    let found = of(text);
    assert_eq!(found.found[0].about.as_deref(), Some("What it costs."));
    assert!(launches(text).is_empty() && found.has_page);
}

#[test]
fn events_of_blocks() {
    let text = "import gradio as gr\ndef slug(title, separator='-'):\n  return title\ndef headline(title: str, size: str) -> str:\n  return title\nwith gr.Blocks() as demo:\n  title = gr.Textbox(label='Title')\n  size = gr.Dropdown(['small', ('Large', 'large')], value='small')\n  name, text = gr.Textbox(label='Slug'), gr.Markdown()\n  title.change(slug, title, name)\n  gr.Button('x').click(fn=headline, inputs=[title, size], outputs=text)\n  gr.Button('y').click(lambda: '', None, title)\n  gr.Button('z').click(None, None, None, js='() => 1')\n  @size.change(inputs=[size], outputs=[name, text])\n  def both(size):\n    return size, size\n";
    let found = of(text);
    assert_eq!(
        found.found.iter().map(shown).collect::<Vec<_>>(),
        [
            "slug(title: Text) -> Text",
            "headline(title: Text, size: Text=small of small|large) -> Text",
            "both(size: Text=small of small|large) -> [(\"slug\", Text), (\"output_2\", Text)]"
        ]
    );
    assert_eq!(found.obstacles.len(), 1);
}

#[test]
fn chats_pictures_and_files() {
    let chat = "import gradio as gr\ndef answer(message, history, tone):\n  yield message\ngr.ChatInterface(answer, additional_inputs=[gr.Radio(['a', 'b'])]).launch()\n";
    assert_eq!(all(chat), ["answer(message: Text, history=[], tone: Text of a|b) -> Text"]);
    assert!(of(chat).found[0].is_generator && launches(chat) == ["gr.ChatInterface(..).launch"]);
    let picture = "import gradio as gr\nfrom PIL import Image\ndef shrink(image: Image.Image, factor: int = 2) -> Image.Image:\n  return image\ndef path(p): return p\ngr.Interface(shrink, [gr.Image(type='pil'), gr.Slider(1, 8, value=2, step=1)], gr.Image())\ngr.Interface(path, 'file', 'image')\n";
    assert_eq!(
        all(picture),
        ["shrink(image: Picture(Pillow), factor: Whole=2 ge 1 le 8) -> Picture", "path(p: File(Named)) -> Picture"]
    );
}

#[test]
fn what_cannot_be_called_is_named_with_its_line() {
    let head = "import gradio as gr\nimport functools\ndef f(a): return a\ndef many(*a): return a\ndef asks(a, request: gr.Request): return a\nclass M:\n  def m(self, a): return a\nm = M()\nwith gr.Blocks() as demo:\n  t = gr.Textbox()\n  s = gr.State(0)\n";
    for (line, reason) in [
        (
            "t.submit(f, [s], t)",
            "12: its parameter `a` is a `gr.State`: it is kept for the session of one visitor, which a call from outside does not have",
        ),
        ("t.submit(lambda a: a, t, t)", "12: a lambda has no name by which it could be imported"),
        ("t.submit(m.m, t, t)", "12: `m.m` is a method of an object"),
        (
            "t.submit(functools.partial(f, 1), t, t)",
            "12: what `functools.partial(..)` returns has no name by which it could be imported",
        ),
        ("t.submit(many, t, t)", "12: `many` takes any number of arguments (`*a`)"),
        ("t.submit(asks, t, t)", "12: `request` needs a `Request`, which Gradio alone can give it"),
        (
            "t.submit(f, gr.Audio(), t)",
            "12: its parameter `a` gets the content of a `gr.Audio`, and not a file: give it `type=\"filepath\"`",
        ),
        ("t.submit(unknown, t, t)", "12: `unknown` is not defined in the files of the app"),
        ("t.submit(f, {t}, t)", "12: its inputs are a set, so the function gets them in one dictionary"),
        ("t.submit(f, t, gr.Plot())", "12: it returns a `gr.Plot`: only a page can show it"),
    ] {
        assert_eq!(obstacles(&format!("{head}  {line}\n")), [reason], "{line}");
    }
}

#[test]
fn functions_are_followed_through_imports() {
    let files = [
        (
            "app.py",
            "import gradio as gr\nfrom core import answer as reply\nfrom core.deep import other\nimport core.deep as d\ngr.Interface(reply, 'text', 'text')\ngr.Interface(other, 'text', 'text')\ngr.Interface(d.third, 'text', 'text')\n",
        ),
        ("core/__init__.py", "from .deep import answer\n"),
        ("core/deep.py", "def answer(q): return q\ndef other(q: str) -> str: return q\ndef third(q): return q\n"),
    ];
    let found = Functions::of(&repo(&files)).served("app.py");
    let names: Vec<_> = found.found.iter().map(|one| format!("{}:{}", one.file, one.name)).collect();
    assert_eq!(names, ["core/deep.py:answer", "core/deep.py:other", "core/deep.py:third"], "{:?}", found.obstacles);
}

#[test]
fn routes_and_functions_that_nothing_serves() {
    let text = "from fastapi import FastAPI\napp = FastAPI()\n@app.post('/measure')\ndef measure(text: str, times: int = 1) -> dict[str, int]:\n  return {}\n@app.get('/')\ndef index(): return 'x'\ndef alone(x: float, *, deep: bool = False) -> str: return ''\n";
    assert_eq!(all(text), ["measure(text: Text, times: Whole=1) -> Json"]);
    let repo = repo(&[("app.py", text)]);
    let functions = Functions::of(&repo);
    let named = |name: &str| functions.named("app.py", name);
    assert_eq!(
        named("alone").map(|one| shown(&one)),
        Ok("alone(x: Number, *deep: Boolean=False) -> Text".replace("False", "Boolean(false)"))
    );
    assert_eq!(named("app.py:measure").map(|one| one.name), Ok("measure".to_owned()));
    assert_eq!(named("index").unwrap_err().reason, "its result has no annotation");
    assert_eq!(named("none").unwrap_err().reason, "there is no function `none` in `app.py`");
    assert_eq!(named("other.py:f").unwrap_err().reason, "there is no Python file `other.py`");
}

#[test]
fn what_starts_a_page_when_it_is_imported() {
    let head = "import gradio as gr\nimport sys, asyncio, threading, typer\nui = gr.Interface(str, 'text', 'text')\ndef main():\n  ui.launch()\ndef make():\n  return ui\nclass App:\n  def __init__(self): self.ui = ui\n  def launch(self): self.start()\n  def start(self): self.ui.launch()\ndef deep():\n  def inner(): main()\n  inner()\ndef loop(): loop()\n";
    for (text, written) in [
        ("main()", "main"),
        ("make().launch()", "make(..).launch"),
        ("App().launch()", "App(..).launch"),
        ("app = App()\napp.start()", "app.start"),
        ("threading.Thread(target=ui.launch).start()", "threading.Thread"),
        ("threading.Thread(target=main).start()", "threading.Thread"),
        ("sys.exit(main())", "main"),
        ("if True: main()", "main"),
        ("asyncio.run(main())", "main"),
        ("typer.run(main)", "typer.run"),
        ("deep()", "deep"),
        ("if __name__ != '__main__':\n  ui.launch()", "ui.launch"),
    ] {
        assert_eq!(launches(&format!("{head}{text}\n")), [written], "{text}");
    }
    for text in ["make()", "App()", "loop()", "if __name__ == '__main__': main()", "x = main", "def f(): main()"] {
        assert_eq!(launches(&format!("{head}{text}\n")), Vec::<String>::new(), "{text}");
    }
    let files = [
        ("app.py", "from src import main as run\nrun()\n"),
        ("src/__init__.py", "from .ui import main\n"),
        ("src/ui.py", "import gradio as gr\ndef main():\n  gr.Interface(str).launch()\n"),
    ];
    assert_eq!(Functions::of(&repo(&files)).launches("app.py").len(), 1);
}

#[test]
fn the_definition_that_counts() {
    let head = "import gradio as gr\ndef f(a: str): return a\n";
    let serve = "gr.Interface(f, 'text', 'text')\n";
    let again = "def f(a: int): return a\n";
    assert_eq!(all(&format!("{head}{again}{serve}")), ["f(a: Whole) -> Text"]);
    let reason = "`f` is defined again further down, so its name stands for another function";
    assert_eq!(obstacles(&format!("{head}{serve}{again}")), [format!("3: {reason}")]);
    let method =
        "import gradio as gr\nclass A:\n  @staticmethod\n  def f(a): return a\ngr.Interface(A.f, 'text', 'text')\n";
    let reason = "`A.f` is a method of the class `A`, and only a function can be imported by its name";
    assert_eq!(obstacles(method), [format!("5: {reason}")]);
}

#[test]
fn names_stand_for_what_was_assigned_last() {
    let files = [
        (
            "app.py",
            "import gradio as gr\nfrom config import MOST as TOP\nfrom core import *\nimport core as c\ndef other(): x = open('f')\nwith gr.Blocks() as demo:\n  x = gr.Textbox()\n  gr.Button().click(one, x, x)\n  x = gr.Slider(FIRST, TOP, value=c.SIZES[0])\n  gr.Button().click(two, x, x)\ndef build(x):\n  gr.Button().click(three, x, x)\n",
        ),
        ("config.py", "HALF = 2**30\nMOST = HALF * 2 - 1\n"),
        ("core.py", "FIRST = -1\nSIZES = [4, 8]\ndef one(a): return a\ndef two(a): return a\ndef three(a): return a\n"),
    ];
    let repo = repo(&files);
    let functions = Functions::of(&repo);
    let served = functions.served("app.py");
    let two = "two(a: Whole=4 ge -1 le 2147483647) -> Number";
    assert_eq!(served.found.iter().map(shown).collect::<Vec<_>>(), ["one(a: Text) -> Text", two]);
    assert_eq!(served.obstacles[0].reason, "`x` is not a component written out in the source");
    for name in ["two", "core.py:two", "./core.py:two", "core:two", "core.two", "c.two"] {
        assert_eq!(functions.named("app.py", name).map(|one| shown(&one)), Ok(two.to_owned()), "{name}");
    }
    assert_eq!(functions.names("app.py"), ["other", "build", "one", "two", "three"]);
}

#[test]
fn kinds_of_numbers_and_choices() {
    for (component, expected) in [
        ("gr.Slider(1, 10, step=1)", "Whole ge 1 le 10"),
        ("gr.Slider(1, 10, value=2)", "Number=2 ge 1 le 10"),
        ("gr.Slider(value=200)", "Whole ge 0 le 100"),
        ("gr.Slider(LEAST, 10, step=1)", "Whole le 10"),
        ("gr.Slider(0, 1, step=STEP)", "Number ge 0 le 1"),
        ("gr.Number(2, precision=0)", "Whole=2"),
        ("gr.Number(2, precision=1)", "Number=2"),
        ("gr.Radio([1, 2.5], value=1)", "Number=1 of 1|2.5"),
        ("gr.Dropdown([True, False])", "Boolean"),
        ("gr.Dropdown([1, 'a'], value=1)", "Json=1"),
        ("gr.CheckboxGroup([1, 2, 3], value=[1, 4])", "Wholes of 1|2|3"),
        ("gr.Dropdown(['a', 'b'], multiselect=True)", "Texts of a|b"),
        ("gr.Dropdown([1, 2], allow_custom_value=True)", "Json"),
    ] {
        let text = format!("import gradio as gr\ndef f(a): return a\ngr.Interface(f, {component}, 'text')\n");
        assert_eq!(all(&text), [format!("f(a: {expected}) -> Text")], "{component}");
    }
    let text = "import gradio as gr\ndef f(a: int) -> 'list[str]': return a\ngr.Interface(f, gr.Radio(['1', '2']), gr.File())\n";
    assert_eq!(all(text), ["f(a: Text of 1|2) -> Files"]);
}
