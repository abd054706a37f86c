// A web server with a page that calls it, from Node's standard library.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const PORT = Number(process.env.PORT ?? 7860);
const PAGE = await readFile(new URL("static/index.html", import.meta.url));

// Count the characters, words and lines of a text.
const measure = (text) => ({
  characters: [...text].length,
  words: text.split(/\s+/).filter(Boolean).length,
  lines: text.split("\n").length,
});

const server = createServer((request, response) => {
  // Not `new URL(request.url)`: it throws on malformed requests, and that would end the server
  const [pathname, query] = request.url.split("?");
  const searchParams = new URLSearchParams(query);
  const send = (status, type, body) =>
    response.writeHead(status, { "Content-Type": type }).end(body);
  const sendJson = (data) => send(200, "application/json", JSON.stringify(data));

  if (pathname === "/") send(200, "text/html; charset=utf-8", PAGE);
  else if (pathname === "/api/measure") sendJson(measure(searchParams.get("text") ?? ""));
  else send(404, "text/plain", "not found");
});

// As a container's first process, Node ignores these signals unless they are handled
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));

server.listen(PORT, "0.0.0.0");
