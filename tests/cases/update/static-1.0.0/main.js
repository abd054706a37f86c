// Replace `measure` with what your page does.

const segments = (text, granularity) => [...new Intl.Segmenter(undefined, { granularity }).segment(text)];

function measure(text) {
  return {
    characters: segments(text, "grapheme").length,
    words: segments(text, "word").filter((segment) => segment.isWordLike).length,
    sentences: segments(text, "sentence").filter((sentence) => sentence.segment.trim() !== "").length,
  };
}

const field = document.querySelector("textarea");

function show() {
  for (const [name, count] of Object.entries(measure(field.value))) {
    document.querySelector(`#${name}`).textContent = count;
  }
}

field.addEventListener("input", show);
show();
