//! Published applications: images that start a program of their own.

use super::systems::NODE;
use super::{Account, Application, Distribution, ImageRow, Pattern, PortBy, Starts, UBUNTU, image, on};

const JOVYAN: Account = Account { user: "jovyan", group: "users", home: "/home/jovyan" };
const CODER: Account = Account { user: "coder", group: "coder", home: "/home/coder" };
const RSTUDIO: Account = Account { user: "rstudio", group: "rstudio", home: "/home/rstudio" };
const ELASTICSEARCH: Account =
    Account { user: "elasticsearch", group: "elasticsearch", home: "/usr/share/elasticsearch" };
const NODE_RED: Account = Account { user: "node-red", group: "node-red", home: "/usr/src/node-red" };
const LANGFLOW: Account = Account { user: "user", group: "root", home: "/app/data" };
const SEARXNG: (Account, u32) = (Account { user: "searxng", group: "searxng", home: "/usr/local/searxng" }, 977);
const GRAFANA: (Account, u32) = (Account { user: "grafana", group: "root", home: "/usr/share/grafana" }, 472);

const APACHE: &str = "let Apache listen on a port above 1024 instead of 80, with `sed` on `ports.conf` and the sites, and \
                      set `app_port` to it";
const DATABASE: &str = "start a web server as well: this is a database, and the Hub connects to a web server";
const S6: &str = "start its server without the init process s6, which needs root, and set `app_port`";

const fn app(name: &'static str, port: u16, port_by: PortBy) -> Application {
    Application {
        name,
        port,
        port_by,
        words: &[],
        content: &[],
        workdir: None,
        variables: &[],
        writes: &[],
        runs_commands: false,
        only: &[],
        except: &[],
        obstacle: None,
        checked: true,
    }
}

/// One that was not compared with its image's files.
const fn hearsay(name: &'static str, port: u16, port_by: PortBy) -> Application {
    Application { checked: false, ..app(name, port, port_by) }
}

const fn row(pattern: Pattern, application: Application) -> ImageRow {
    ImageRow { application: Some(application), ..image(pattern) }
}

/// A database, as a mistake: it answers no HTTP.
const fn database(pattern: Pattern, name: &'static str, port: u16, words: &'static [&'static str]) -> ImageRow {
    row(
        pattern,
        Application { words, runs_commands: true, obstacle: Some(DATABASE), ..app(name, port, PortBy::Configuration) },
    )
}

/// Apache with PHP, and applications built on it.
const fn apache(pattern: Pattern, name: &'static str, only: &'static [&'static str]) -> ImageRow {
    let application = Application {
        words: &["apache2-foreground"],
        runs_commands: true,
        content: &["/var/www"],
        workdir: Some("/var/www/html"),
        only,
        except: &["fpm", "cli", "zts"],
        obstacle: Some(APACHE),
        ..app(name, 80, PortBy::Configuration)
    };
    ImageRow { application: Some(application), ..on(Distribution::Debian, pattern) }
}

/// An image of the Jupyter Docker Stacks that starts `JupyterLab`.
/// Source: <https://github.com/jupyter/docker-stacks/tree/main/images>, `docker-stacks-foundation` and `base-notebook`.
const fn jupyter(path: &'static str) -> ImageRow {
    ImageRow {
        account: Some(JOVYAN),
        starts_unprivileged: true,
        application: Some(Application {
            words: &["start-notebook.py", "start-notebook.sh", "start.sh", "jupyter", "lab", "notebook"],
            runs_commands: true,
            ..app("JupyterLab", 8888, PortBy::Variable("JUPYTER_PORT"))
        }),
        ..on(Distribution::Debian, Pattern::Path(path))
    }
}

/// `RStudio` Server with packages. Source: <https://github.com/rocker-org/rocker-versioned2/tree/master/scripts>.
const fn rstudio(path: &'static str) -> ImageRow {
    ImageRow {
        account: Some(RSTUDIO),
        application: Some(Application {
            words: &["/init"],
            runs_commands: true,
            obstacle: Some(S6),
            ..app("RStudio Server", 8787, PortBy::Configuration)
        }),
        ..on(Distribution::Debian, Pattern::Path(path))
    }
}

/// The images.
pub(super) const APPLICATIONS: &[ImageRow] = &[
    // Source: <https://github.com/n8n-io/n8n/tree/master/docker/images/n8n>
    ImageRow {
        account: Some(NODE),
        starts_unprivileged: true,
        application: Some(Application { words: &["n8n", "start"], ..app("n8n", 5678, PortBy::Variable("N8N_PORT")) }),
        ..on(Distribution::Alpine, Pattern::Path("n8nio/n8n"))
    },
    // On Ubuntu 24.04 since July 2025. Sources: <https://github.com/ollama/ollama/blob/main/Dockerfile> and the help of the program
    ImageRow {
        account: Some(UBUNTU),
        account_since: &["0.10"],
        starts: Starts::Entrypoint {
            program: "ollama",
            verbs: &[
                "serve", "start", "run", "pull", "push", "create", "show", "list", "ls", "ps", "cp", "rm", "stop",
                "help",
            ],
        },
        application: Some(Application { words: &["serve"], ..app("Ollama", 11434, PortBy::Address("OLLAMA_HOST")) }),
        ..on(Distribution::Debian, Pattern::Path("ollama/ollama"))
    },
    // Its start script writes a key and a log beside itself.
    // Sources: <https://github.com/open-webui/open-webui/blob/main/Dockerfile>, `backend/start.sh`
    ImageRow {
        application: Some(Application {
            words: &["bash", "start.sh"],
            variables: &[
                ("DATA_DIR", "{home}/data"),
                ("HF_HOME", "{home}/.cache/huggingface"),
                ("SENTENCE_TRANSFORMERS_HOME", "{home}/.cache/sentence-transformers"),
                ("WHISPER_MODEL_DIR", "{home}/.cache/whisper"),
            ],
            writes: &["/app/backend"],
            runs_commands: true,
            ..app("Open WebUI", 8080, PortBy::Variable("PORT"))
        }),
        ..on(Distribution::Debian, Pattern::Path("open-webui/open-webui"))
    },
    // It keeps its data in `~/.flowise`. Sources: <https://github.com/FlowiseAI/Flowise/blob/main/docker/Dockerfile>,
    // `packages/server/src/index.ts`
    ImageRow {
        account: Some(NODE),
        application: Some(Application {
            words: &["flowise", "start", "npx"],
            ..app("Flowise", 3000, PortBy::Variable("PORT"))
        }),
        ..on(Distribution::Alpine, Pattern::Path("flowiseai/flowise"))
    },
    // Its entrypoint creates the settings. Source: <https://github.com/searxng/searxng/tree/master/container>
    ImageRow {
        others: &[SEARXNG],
        application: Some(Application {
            writes: &["/etc/searxng", "/var/cache/searxng"],
            ..app("SearXNG", 8080, PortBy::Variable("SEARXNG_PORT"))
        }),
        ..image(Pattern::Path("searxng/searxng"))
    },
    // Its entrypoint has the address. Source: <https://github.com/coder/code-server/tree/main/ci/release-image>
    ImageRow {
        account: Some(CODER),
        starts_unprivileged: true,
        application: Some(app("code-server", 8080, PortBy::Configuration)),
        ..on(Distribution::Debian, Pattern::Path("codercom/code-server"))
    },
    jupyter("jupyter/base-notebook"),
    jupyter("jupyter/minimal-notebook"),
    jupyter("jupyter/scipy-notebook"),
    jupyter("jupyter/datascience-notebook"),
    jupyter("jupyter/tensorflow-notebook"),
    jupyter("jupyter/pytorch-notebook"),
    jupyter("jupyter/r-notebook"),
    jupyter("jupyter/julia-notebook"),
    jupyter("jupyter/pyspark-notebook"),
    jupyter("jupyter/all-spark-notebook"),
    rstudio("rocker/rstudio"),
    rstudio("rocker/tidyverse"),
    rstudio("rocker/verse"),
    rstudio("rocker/geospatial"),
    rstudio("rocker/ml"),
    rstudio("rocker/ml-verse"),
    ImageRow {
        application: Some(Application {
            words: &["/init"],
            runs_commands: true,
            obstacle: Some(S6),
            content: &["/srv/shiny-server"],
            ..app("Shiny Server", 3838, PortBy::Configuration)
        }),
        ..on(Distribution::Debian, Pattern::Path("rocker/shiny"))
    },
    // Source: <https://github.com/huggingface/text-generation-inference/blob/main/Dockerfile>
    ImageRow {
        application: Some(Application {
            variables: &[("HUGGINGFACE_HUB_CACHE", "{home}/.cache/huggingface/hub")],
            ..app("text-generation-inference", 80, PortBy::Variable("PORT"))
        }),
        ..on(Distribution::Debian, Pattern::Path("huggingface/text-generation-inference"))
    },
    // Source: <https://docs.vllm.ai/en/latest/cli/serve.html>: its command takes the port
    ImageRow {
        application: Some(app("vLLM", 8000, PortBy::Configuration)),
        ..on(Distribution::Debian, Pattern::Path("vllm/vllm-openai"))
    },
    // Source: <https://github.com/docker-library/php>, `apache`; the others are built on it
    apache(Pattern::Official("php"), "Apache", &["apache"]),
    apache(Pattern::Official("wordpress"), "Apache", &[]),
    apache(Pattern::Official("drupal"), "Apache", &[]),
    apache(Pattern::Official("joomla"), "Apache", &[]),
    apache(Pattern::Official("nextcloud"), "Apache", &[]),
    // Source: <https://github.com/docker-library/httpd>
    row(
        Pattern::Official("httpd"),
        Application {
            words: &["httpd-foreground"],
            runs_commands: true,
            content: &["/usr/local/apache2/htdocs"],
            obstacle: Some(
                "change `Listen` in /usr/local/apache2/conf/httpd.conf to a port above 1024, and set `app_port` to it",
            ),
            ..app("Apache", 80, PortBy::Configuration)
        },
    ),
    // Source: <https://github.com/caddyserver/caddy-docker>
    ImageRow {
        application: Some(Application {
            words: &["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"],
            content: &["/usr/share/caddy", "/srv"],
            workdir: Some("/srv"),
            runs_commands: true,
            obstacle: Some(
                "copy a Caddyfile with a port above 1024 instead of 80, such as `:7860`, to /etc/caddy/Caddyfile",
            ),
            ..app("Caddy", 80, PortBy::Configuration)
        }),
        ..on(Distribution::Alpine, Pattern::Official("caddy"))
    },
    // Source: <https://github.com/grafana/grafana/blob/main/Dockerfile>
    ImageRow {
        others: &[GRAFANA],
        starts_unprivileged: true,
        application: Some(Application {
            variables: &[("GF_PATHS_DATA", "{home}/grafana"), ("GF_PATHS_LOGS", "{home}/grafana/log")],
            ..app("Grafana", 3000, PortBy::Variable("GF_SERVER_HTTP_PORT"))
        }),
        ..image(Pattern::Path("grafana/grafana"))
    },
    // Source: <https://www.metabase.com/docs/latest/configuring-metabase/environment-variables>
    row(
        Pattern::Path("metabase/metabase"),
        Application {
            variables: &[("MB_DB_FILE", "{home}/metabase.db")],
            ..app("Metabase", 3000, PortBy::Variable("MB_JETTY_PORT"))
        },
    ),
    row(
        Pattern::Path("louislam/uptime-kuma"),
        Application {
            variables: &[("DATA_DIR", "{home}/kuma")],
            ..hearsay("Uptime Kuma", 3001, PortBy::Variable("UPTIME_KUMA_PORT"))
        },
    ),
    // Source: <https://github.com/songquanpeng/one-api>, `Dockerfile` and `main.go`
    row(
        Pattern::Path("justsong/one-api"),
        Application { writes: &["/data"], ..hearsay("One API", 3000, PortBy::Variable("PORT")) },
    ),
    row(
        Pattern::Path("calciumion/new-api"),
        Application { writes: &["/data"], ..hearsay("New API", 3000, PortBy::Variable("PORT")) },
    ),
    row(Pattern::Path("lobehub/lobe-chat"), hearsay("LobeChat", 3210, PortBy::Variable("PORT"))),
    row(Pattern::Path("yidadaa/chatgpt-next-web"), hearsay("NextChat", 3000, PortBy::Variable("PORT"))),
    ImageRow {
        account: Some(LANGFLOW),
        starts_unprivileged: true,
        application: Some(Application {
            words: &["langflow", "run"],
            runs_commands: true,
            ..hearsay("Langflow", 7860, PortBy::Variable("LANGFLOW_PORT"))
        }),
        ..on(Distribution::Debian, Pattern::Path("langflowai/langflow"))
    },
    ImageRow {
        account: Some(NODE_RED),
        starts_unprivileged: true,
        application: Some(hearsay("Node-RED", 1880, PortBy::Variable("PORT"))),
        ..image(Pattern::Path("nodered/node-red"))
    },
    row(Pattern::Official("adminer"), hearsay("Adminer", 8080, PortBy::Configuration)),
    row(Pattern::Official("ghost"), hearsay("Ghost", 2368, PortBy::Variable("server__port"))),
    ImageRow {
        account: Some(ELASTICSEARCH),
        starts_unprivileged: true,
        application: Some(hearsay("Elasticsearch", 9200, PortBy::Variable("http.port"))),
        ..image(Pattern::Path("elasticsearch/elasticsearch"))
    },
    ImageRow {
        account: Some(ELASTICSEARCH),
        starts_unprivileged: true,
        application: Some(hearsay("Elasticsearch", 9200, PortBy::Variable("http.port"))),
        ..image(Pattern::Official("elasticsearch"))
    },
    ImageRow {
        warning: Some("its init process s6 needs root, and a Space runs it as UID 1000: it may not start"),
        ..image(Pattern::Within("linuxserver"))
    },
    // Sources: their pages on Docker Hub
    database(Pattern::Official("postgres"), "PostgreSQL", 5432, &["postgres"]),
    database(Pattern::Official("mysql"), "MySQL", 3306, &["mysqld"]),
    database(Pattern::Official("mariadb"), "MariaDB", 3306, &["mariadbd", "mysqld"]),
    database(Pattern::Official("mongo"), "MongoDB", 27017, &["mongod"]),
    database(Pattern::Official("redis"), "Redis", 6379, &["redis-server"]),
];
