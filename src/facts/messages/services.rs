//! What the Hub, other services and the network answer to an app: secrets that are missing, repositories that it may not read.

use super::Message;

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "api-key-missing",
        patterns: &[
            "openai.OpenAIError: The api_key client option must be set",
            "{}The api_key client option must be set either by passing api_key",
            "openai.AuthenticationError: No API key provided",
            "ValueError: Missing API key",
            "TypeError: \"Could not resolve authentication method.",
            "{}Did not find {name}, please add an environment variable",
            "groq.GroqError: The api_key client option must be set",
            "ValueError: No API key was provided. Please pass a valid API key",
        ],
        cause: "The client of an API finds no key: the secret is not set in the Space, or the code reads another name.",
        fix: "Add the key as a secret in the Space's settings under the name that the code reads (such as OPENAI_API_KEY), and restart the Space. Secrets are not copied when a Space is duplicated.",
        example: "openai.OpenAIError: The api_key client option must be set either by passing api_key to the client or by setting the OPENAI_API_KEY environment variable",
        source: "https://github.com/openai/openai-python",
        ..Message::RAISED
    },
    Message {
        id: "api-key-invalid",
        patterns: &[
            "openai.AuthenticationError: Error code: 401",
            "{}Incorrect API key provided",
            "anthropic.AuthenticationError: Error code: 401",
            "groq.AuthenticationError: Error code: 401",
        ],
        cause: "The API refuses the key: it is wrong, has expired, or has a blank or a quote too much.",
        fix: "Set the secret in the Space's settings again, without quotes and blanks, and restart the Space.",
        example: "openai.AuthenticationError: Error code: 401",
        source: "https://platform.openai.com/docs/guides/error-codes",
        ..Message::RAISED
    },
    Message {
        id: "api-quota-used",
        patterns: &[
            "openai.RateLimitError: Error code: 429{}insufficient_quota",
            "{}You exceeded your current quota, please check your plan and billing details",
        ],
        cause: "The account of the API has no credit left, or has reached its limit of spending or of free requests. A subscription to a chat website does not pay for the API.",
        fix: "Add credit in the billing settings of the API's provider, or raise the limit of the project to which the key belongs.",
        example: "openai.RateLimitError: Error code: 429 - {'error': {'message': 'You exceeded your current quota, please check your plan and billing details.', 'type': 'insufficient_quota'}}",
        source: "https://platform.openai.com/docs/guides/error-codes",
        ..Message::RAISED
    },
    Message {
        id: "settings-field-missing",
        is_ambiguous: true,
        patterns: &[
            "pydantic_core._pydantic_core.ValidationError: {count} validation error{} for Settings",
            "ValidationError: {count} validation error{} for Settings",
            "ValidationError: {count} validation error{} for AppSettings",
        ],
        cause: "The settings class of the app finds no value for a field that it requires; the next lines name it.",
        fix: "Add each named field as a secret or variable in the Space's settings, in capitals and with the class's prefix.",
        example: "pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings",
        source: "https://docs.pydantic.dev/latest/concepts/pydantic_settings/",
        ..Message::RAISED
    },
    Message {
        id: "environment-variable-missing",
        patterns: &["KeyError: '{name}'"],
        last_frame: &["<frozen os>", "/os.py\"", "environ[\"{name}\"]", "environ['{name}']"],
        cause: "The app reads the environment variable {name}, and the Space has none of that name.",
        fix: "Add {name} as a secret (or a variable, if it may be public) in the Space's settings, and restart it. Secrets do not exist while the image is built, and are not copied when a Space is duplicated.",
        example: "KeyError: 'OPENAI_API_KEY'",
        source: "own run of Python 3.11",
        ..Message::RAISED
    },
    Message {
        id: "gated-repository",
        patterns: &[
            "huggingface_hub.errors.GatedRepoError: {text}",
            "GatedRepoError: {text}",
            "OSError: You are trying to access a gated repo.",
            "{}Cannot access gated repo for url {url}",
        ],
        cause: "The model or dataset is gated: its owner asks for consent, and the token that the app uses has none, or there is no token.",
        fix: "Accept the conditions on the repository's page, add a token of that account as the secret HF_TOKEN of the Space (a fine-grained one needs the right to read gated repositories), and restart.",
        example: "OSError: You are trying to access a gated repo.",
        source: "https://huggingface.co/docs/hub/models-gated",
        ..Message::RAISED
    },
    Message {
        id: "hub-repository-not-found",
        patterns: &[
            "huggingface_hub.errors.RepositoryNotFoundError: {status} Client Error",
            "huggingface_hub.utils._errors.RepositoryNotFoundError: {status} Client Error",
            "RepositoryNotFoundError: {status} Client Error",
            "OSError: {name} is not a local folder and is not a valid model identifier",
            "{}Repository Not Found for url: {url}",
        ],
        cause: "The Hub shows no such repository to this app: the name is wrong, or it is private and the token is missing or of another account.",
        fix: "Check owner and name; for a private one, add a token that can read it as the secret HF_TOKEN of the Space. While the image is built, mount the secret in the same `RUN`.",
        also: &["secret-without-mount", "secret-as-argument"],
        example: "huggingface_hub.errors.RepositoryNotFoundError: 401 Client Error.",
        source: "https://github.com/huggingface/huggingface_hub",
        ..Message::RAISED
    },
    Message {
        id: "hub-file-not-found",
        patterns: &[
            "huggingface_hub.errors.EntryNotFoundError: 404 Client Error",
            "huggingface_hub.errors.RemoteEntryNotFoundError: 404 Client Error",
            "huggingface_hub.utils._errors.EntryNotFoundError: 404 Client Error",
            "OSError: {name} does not appear to have a file named {file}",
        ],
        cause: "The repository on the Hub exists, and the file that the app asks for is not in it.",
        fix: "Correct the name of the file, or the revision; a model that is only an adapter, or in GGUF, is loaded in another way.",
        example: "OSError: acme/model does not appear to have a file named config.json.",
        source: "https://github.com/huggingface/huggingface_hub",
        ..Message::RAISED
    },
    Message {
        id: "hub-token-invalid",
        patterns: &[
            "{}Invalid user token.",
            "huggingface_hub.errors.HfHubHTTPError: 401 Client Error: Unauthorized for url: {url}",
            "huggingface_hub.errors.LocalTokenNotFoundError: {text}",
            "LocalTokenNotFoundError: {text}",
            "{}401 Client Error: Unauthorized for url: https://huggingface.co/{path}",
        ],
        unless: &[
            "GatedRepoError",
            "access a gated repo",
            "Cannot access gated repo",
            "RepositoryNotFoundError",
            "Repository Not Found for url",
        ],
        cause: "The Hub does not accept the token that the app sends, or there is none: the secret HF_TOKEN is missing, has expired, or was read while the image is built, when it is empty.",
        fix: "In a Space, add a valid token as the secret HF_TOKEN in its settings, and restart; in a `RUN`, mount the secret. On your own computer, run `hf auth login`, and remove an old HF_TOKEN from the environment.",
        also: &["secret-as-argument", "secret-in-single-quotes", "secret-without-mount"],
        example: "huggingface_hub.errors.HfHubHTTPError: 401 Client Error: Unauthorized for url: https://huggingface.co/api/whoami-v2",
        source: "https://github.com/huggingface/huggingface_hub",
        ..Message::RAISED
    },
    Message {
        id: "unauthorized-request",
        patterns: &[
            "{}ERROR 401: Unauthorized",
            "{}The requested URL returned error: 401",
            "{}HTTP request sent, awaiting response... 401 Unauthorized",
        ],
        cause: "A download was refused since no valid token was sent: secrets are not build arguments, and `$(cat ..)` in single quotes is never replaced.",
        fix: "Write `RUN --mount=type=secret,id=HF_TOKEN,mode=0444,required=true curl -H \"Authorization: Bearer $(cat /run/secrets/HF_TOKEN)\" ..`, with double quotes.",
        rules: &["secret-as-argument", "secret-in-single-quotes"],
        example: "curl: (22) The requested URL returned error: 401",
        source: "https://huggingface.co/docs/hub/spaces-sdks-docker",
        ..Message::BUILD
    },
    Message {
        id: "hub-write-not-permitted",
        patterns: &[
            "{}403 Forbidden: You don't have the rights to create {what} under the namespace",
            "{}You don't have the rights to create a {what} under the namespace",
            "{}403 Forbidden: {text}This token does not have",
            "{}403 Client Error: Forbidden for url: https://huggingface.co/api/{path}/commit/{branch}",
            "{}403 Client Error: Forbidden for url: https://huggingface.co/api/{path}/preupload/{branch}",
            "{}403 Client Error: Forbidden for url: https://huggingface.co/api/repos/create",
            "{}Cannot access content at: https://huggingface.co/api/{path}/commit/{branch}",
            "{}Cannot access content at: https://huggingface.co/api/{path}/preupload/{branch}",
            "huggingface_hub.errors.HfHubHTTPError: 403 Client Error: Forbidden for url: {url}",
            "huggingface_hub.errors.HfHubHTTPError: (Request ID: {id}) 403 Forbidden{rest}",
        ],
        cause: "The token may not write there: it is a read token, or its account is not a member of that organization, or has a role there that may only open pull requests.",
        fix: "Make a token with write rights for that repository. On your own computer, use it with `hf auth login`; in a workflow or a Space, set it as the secret HF_TOKEN.",
        example: "403 Forbidden: You don't have the rights to create a space under the namespace \"acme\".",
        source: "https://github.com/huggingface/huggingface_hub",
        ..Message::RAISED
    },
    Message {
        id: "hub-rate-limit",
        patterns: &[
            "{}429 Client Error: Too Many Requests for url: https://huggingface.co/{path}",
            "{}We had to rate limit you",
        ],
        cause: "The Hub limits the requests of this app for now, usually since it sends them without a token.",
        fix: "Set a token as the secret HF_TOKEN, download once (at build time, or `preload_from_hub`), and restart later.",
        example: "429 Client Error: Too Many Requests for url: https://huggingface.co/api/models/acme/model",
        source: "https://huggingface.co/docs/hub/rate-limits",
        ..Message::RAISED
    },
    Message {
        id: "mail-port-blocked",
        patterns: &["TimeoutError: [Errno 110] Connection timed out", "TimeoutError: timed out"],
        near: &["smtplib"],
        cause: "The app sends mail over SMTP, and a Space reaches the outside on the ports 80, 443 and 8080 only, so the mail server (25, 465, 587) does not answer.",
        fix: "Send mail through a service with an HTTPS interface, such as those that mail providers offer, or through a relay on port 443.",
        rules: &["blocked-outbound-port"],
        example: "TimeoutError: [Errno 110] Connection timed out",
        source: "https://huggingface.co/docs/hub/spaces-overview",
        ..Message::RAISED
    },
    Message {
        id: "database-port-blocked",
        is_ambiguous: true,
        patterns: &["{}ServerSelectionTimeoutError: {host}:27017: timed out"],
        cause: "The MongoDB server {host} does not answer on port 27017. A Space reaches the outside on the ports 80, 443 and 8080 only; a server that allows only some addresses, as MongoDB Atlas does, has the same effect.",
        fix: "Use a database with an HTTPS interface, or one in the same container. Elsewhere, add the address of the app to the list of allowed addresses.",
        rules: &["blocked-outbound-port"],
        example: "pymongo.errors.ServerSelectionTimeoutError: cluster0-shard-00-00.example.net:27017: timed out",
        source: "https://huggingface.co/docs/hub/spaces-overview",
        ..Message::RAISED
    },
    Message {
        id: "network-not-reachable",
        patterns: &[
            "OSError: [Errno 101] Network is unreachable",
            "{}[Errno 101] Network is unreachable",
            "{}Failed to establish a new connection: [Errno 101]",
            "{}port 5432 failed: Network is unreachable",
            "{}port 6543 failed: Network is unreachable",
            "{}connect ENETUNREACH {address}:25 ",
            "{}connect ENETUNREACH {address}:465 ",
            "{}connect ENETUNREACH {address}:587 ",
            "{}connect ENETUNREACH {address}:3306 ",
            "{}connect ENETUNREACH {address}:5432 ",
            "{}connect ENETUNREACH {address}:6379 ",
            "{}connect ENETUNREACH {address}:27017 ",
        ],
        unless: &["pip._vendor"],
        cause: "A Space reaches the outside on the ports 80, 443 and 8080 only: mail (25, 465, 587) and databases on their own ports cannot be reached.",
        fix: "Use a service with an HTTPS interface (mail, database), or a relay on port 443.",
        rules: &["blocked-outbound-port"],
        example: "OSError: [Errno 101] Network is unreachable",
        source: "https://huggingface.co/docs/hub/spaces-overview",
        ..Message::RAISED
    },
    Message {
        id: "host-not-found",
        is_ambiguous: true,
        patterns: &[
            "socket.gaierror: [Errno -2] Name or service not known",
            "socket.gaierror: [Errno -3] Temporary failure in name resolution",
            "socket.gaierror: [Errno -5] No address associated with hostname",
            "{}Cannot connect to host {host} [Temporary failure in name resolution]",
            "{}Cannot connect to host {host} [Name or service not known]",
            "{}Cannot connect to host {host} [No address associated with hostname]",
            "{}could not translate host name \"{host}\" to address",
            "{}: Failed to resolve '{host}' ([Errno -",
            "{}[Errno -5] No address associated with hostname",
            "{}ConnectError: [Errno -3] Temporary failure in name resolution",
            "{}ConnectError: [Errno -2] Name or service not known",
            "Error: getaddrinfo ENOTFOUND {host}",
        ],
        unless: &["pip._vendor"],
        cause: "A host that the app connects to cannot be found: a name of Compose (`db`, `redis`), which exists only on your computer, or one that is blocked or misspelled.",
        fix: "Use a public service; the Hub runs one container only, without Compose. Some services, such as those of Discord and Telegram, often cannot be reached from a Space: run the bot elsewhere, or through a relay.",
        also: &["compose-file"],
        example: "socket.gaierror: [Errno -2] Name or service not known",
        source: "own run of Python 3.11",
        ..Message::RAISED
    },
    Message {
        id: "service-not-running",
        is_ambiguous: true,
        patterns: &[
            "{}Connection refused{}Is the server running on that host and accepting TCP/IP connections?",
            "{}connection to server at {host}, port {port} failed: Connection refused",
            "redis.exceptions.ConnectionError: Error 111 connecting to {host}. Connection refused",
            "{}connect ECONNREFUSED 127.0.0.1:{port}",
            "{}[Errno 111] Connection refused",
        ],
        unless: &["pip._vendor"],
        cause: "The app connects to another server, such as a database or Ollama, that does not run in the container.",
        fix: "Start it in the same container before the app (supervisor, a start script), or use a service elsewhere; the Hub does not read compose files.",
        also: &["compose-file", "localhost-in-page"],
        example: "redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.",
        source: "https://redis.io/docs/latest/",
        ..Message::RAISED
    },
    Message {
        id: "address-without-scheme",
        patterns: &[
            "requests.exceptions.MissingSchema: Invalid URL '{url}'",
            "MissingSchema: Invalid URL '{url}'",
            "httpx.UnsupportedProtocol: Request URL is missing an 'http://' or 'https://' protocol",
        ],
        cause: "An address has no `https://`: `SPACE_HOST` holds only the name of the host.",
        fix: "Write `https://` before the value of `SPACE_HOST`.",
        rules: &["space-host-without-scheme"],
        example: "requests.exceptions.MissingSchema: Invalid URL 'acme-demo.hf.space/api': No scheme supplied.",
        source: "https://requests.readthedocs.io/en/latest/api/#exceptions",
        ..Message::RAISED
    },
];
