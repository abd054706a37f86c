//! What Java, Maven and Spring say.

use super::Message;

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "java-release-unknown",
        patterns: &[
            "{}Fatal error compiling: error: invalid target release: {version} -> ",
            "{}Fatal error compiling: error: release version {version} not supported -> ",
            "{}Fatal error compiling: invalid target release: {version} -> ",
            "error: invalid source release: {version}",
            "error: release version {version} not supported",
        ],
        cause: "The build asks for Java {version}, and the JDK of the image is older.",
        fix: "Choose an image with JDK {version} or later (`maven:3.9-eclipse-temurin-{version}`, `gradle:jdk{version}`), for the stage that compiles and the one that runs; or lower the release in pom.xml or build.gradle.",
        example: "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.13.0:compile (default-compile) on project app: Fatal error compiling: error: invalid target release: 21 -> [Help 1]",
        source: "https://github.com/apache/maven-compiler-plugin",
        ..Message::BUILD
    },
    Message {
        id: "maven-dependency-missing",
        is_ambiguous: true,
        patterns: &["{}Could not resolve dependencies for project {project}: "],
        cause: "Maven did not get a dependency of {project}; the rest of the line names it. It does not exist in that version, is in a repository that pom.xml does not name or the builder cannot reach, or is a module of the same repository that was not built before.",
        fix: "Correct the version, name the repository in pom.xml, and copy and build all modules (`mvn package -pl APP -am`). A `.jar` in a folder of the repository must be committed and copied before this step.",
        example: "[ERROR] Failed to execute goal on project app: Could not resolve dependencies for project com.example:app:jar:1.0: Could not find artifact com.example:shared:jar:1.0 in central",
        source: "https://cwiki.apache.org/confluence/display/MAVEN/DependencyResolutionException",
        ..Message::BUILD
    },
    Message {
        id: "java-too-old",
        patterns: &[
            "{}UnsupportedClassVersionError: {class} has been compiled by a more recent version of the Java Runtime",
        ],
        cause: "{class} was compiled for a newer Java than the one that the image starts: the stage that compiles has a newer JDK than the final one.",
        fix: "Choose the same major version of Java in both stages, such as `eclipse-temurin:21` and `eclipse-temurin:21-jre`.",
        example: "Exception in thread \"main\" java.lang.UnsupportedClassVersionError: com/example/App has been compiled by a more recent version of the Java Runtime (class file version 65.0)",
        source: "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/UnsupportedClassVersionError.html",
        ..Message::RUN
    },
    Message {
        id: "spring-datasource-missing",
        patterns: &["Failed to configure a DataSource: 'url' attribute is not specified"],
        cause: "The Spring app has a package for a database, and no address of one: application.properties is not in the image or does not set it for the active profile, or the variable SPRING_DATASOURCE_URL is not set.",
        fix: "Add SPRING_DATASOURCE_URL (and _USERNAME, _PASSWORD) as secrets in the Space's settings, or commit application.properties without passwords. An app without a database does not need `spring-boot-starter-data-jpa`.",
        also: &["gitignored-source"],
        example: "Failed to configure a DataSource: 'url' attribute is not specified and no embedded datasource could be configured.",
        source: "https://docs.spring.io/spring-boot/reference/data/sql.html",
        ..Message::RUN
    },
    Message {
        id: "java-heap-full",
        patterns: &["{}java.lang.OutOfMemoryError: Java heap space"],
        cause: "The app needs more memory than Java may use: by default that is a quarter of the memory of the machine.",
        fix: "Start it with `-XX:MaxRAMPercentage=75`, or with `-Xmx` and a size that the hardware has; load less at a time.",
        example: "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space",
        source: "https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html",
        ..Message::RAISED
    },
];
