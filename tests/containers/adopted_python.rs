//! Existing Python apps that are more than a server that answers, as in [`crate::adopted`]: what they promise is asked for.

use std::time::Duration;

use crate::adopted::Files;
use crate::cases::{built, prove_on_the_hub};
use crate::checks::Contract;
use crate::container::Container;
use crate::http::{self, Answer};
use crate::space::Space;

/// Settings that need names which a build does not have.
const DJANGO: Files = &[
    (
        "manage.py",
        "import os\nimport sys\n\n\ndef main():\n    os.environ.setdefault(\"DJANGO_SETTINGS_MODULE\", \"mysite.settings\")\n    from django.core.management import execute_from_command_line\n\n    execute_from_command_line(sys.argv)\n\n\nif __name__ == \"__main__\":\n    main()\n",
    ),
    ("mysite/__init__.py", ""),
    (
        "mysite/settings.py",
        "import os\nfrom pathlib import Path\n\nBASE_DIR = Path(__file__).resolve().parent.parent\nSECRET_KEY = os.environ[\"DJANGO_SECRET_KEY\"]\nif SECRET_KEY == \"localhost\":\n    print(\"a placeholder of the build\")\nDEBUG = os.environ.get(\"DJANGO_DEBUG\", \"0\") == \"1\"\nALLOWED_HOSTS = [os.environ[\"SPACE_HOST\"], \"127.0.0.1\"]\nCSRF_TRUSTED_ORIGINS = [\"https://\" + os.environ[\"SPACE_HOST\"]]\nSESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = \"None\"\nSESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True\nINSTALLED_APPS = [\"django.contrib.staticfiles\", \"polls\"]\nMIDDLEWARE = [\n    \"django.middleware.security.SecurityMiddleware\",\n    \"whitenoise.middleware.WhiteNoiseMiddleware\",\n]\nROOT_URLCONF = \"mysite.urls\"\nWSGI_APPLICATION = \"mysite.wsgi.application\"\nDATABASES = {\"default\": {\"ENGINE\": \"django.db.backends.sqlite3\", \"NAME\": BASE_DIR / \"db.sqlite3\"}}\nSTATIC_URL = \"static/\"\nSTATIC_ROOT = BASE_DIR / \"staticfiles\"\n",
    ),
    (
        "mysite/urls.py",
        "from django.http import HttpResponse\nfrom django.urls import path\n\nurlpatterns = [path(\"\", lambda request: HttpResponse(\"hello\"))]\n",
    ),
    (
        "mysite/wsgi.py",
        "import os\n\nfrom django.core.wsgi import get_wsgi_application\n\nos.environ.setdefault(\"DJANGO_SETTINGS_MODULE\", \"mysite.settings\")\n\napplication = get_wsgi_application()\n",
    ),
    ("polls/__init__.py", ""),
    ("requirements.txt", "django==5.2.8\nwhitenoise==6.11.0\n"),
    ("polls/static/polls/style.css", "body { color: teal }\n"),
];

/// What Django needs at run time.
const DJANGO_NAMES: [(&str, &str); 2] = [("DJANGO_SECRET_KEY", "for the test"), ("SPACE_HOST", "user-polls.hf.space")];

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_django_collects_the_static_files() {
    let space = Space::around("init-django", DJANGO, "");
    let dockerfile = space.read("Dockerfile");
    assert!(dockerfile.contains("collectstatic --noinput"), "{dockerfile}");
    let container = Container::start(&built(&space), space.port(), &DJANGO_NAMES);
    container.wait_for_ok(Contract::HUB.patience).unwrap();
    assert!(container.get("/static/polls/style.css").contains("teal"));
}

const MCP: Files = &[("server.py", MCP_SERVER), ("requirements.txt", "mcp==1.27.0\n")];

const MCP_SERVER: &str = "from mcp.server.fastmcp import FastMCP\nfrom mcp.server.transport_security import TransportSecuritySettings\nfrom starlette.responses import PlainTextResponse\n\nsecurity = TransportSecuritySettings(allowed_hosts=[\"user-winds.hf.space\"], allowed_origins=[\"https://user-winds.hf.space\"])\nmcp = FastMCP(\"winds\", host=\"0.0.0.0\", port=7860, transport_security=security)\n\n\n@mcp.tool()\ndef wind(place: str) -> str:\n    return f\"calm in {place}\"\n\n\n@mcp.custom_route(\"/\", methods=[\"GET\"])\nasync def home(request):\n    return PlainTextResponse(\"winds\")\n\n\nif __name__ == \"__main__\":\n    mcp.run(transport=\"streamable-http\")\n";

const INITIALIZE: &str = r#"{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}"#;

#[test]
#[ignore = "needs tests/containers/setup"]
fn init_around_an_mcp_server_answers_at_the_host_of_its_space() {
    let space = Space::around("init-mcp", MCP, "");
    prove_on_the_hub(&space, Contract::HUB);
    let container = Container::start(&built(&space), space.port(), &[]);
    container.wait_for_ok(Contract::HUB.patience).unwrap();
    let answer = post_to("user-winds.hf.space", container.local_port(), "/mcp", INITIALIZE).unwrap();
    assert!(answer.status == 200 && answer.text().contains("\"serverInfo\""), "{}: {}", answer.status, answer.text());
    let refused = post_to("other.example", container.local_port(), "/mcp", INITIALIZE).unwrap();
    assert_eq!(refused.status, 421, "{}", refused.text());
}

/// Sends JSON as the Hub's proxy does, with the host of a Space, and takes events for an answer too.
fn post_to(host: &str, port: u16, path: &str, body: &str) -> std::io::Result<Answer> {
    let lines = format!("POST {path} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json, text/event-stream\r\n");
    http::with_head(port, &lines, ("application/json", body.as_bytes()), Duration::from_secs(10))
}
