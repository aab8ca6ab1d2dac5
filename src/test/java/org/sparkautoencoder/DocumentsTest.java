package org.sparkautoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents refer to is there. */
final class DocumentsTest {
    private static final int MOST_LINES = 200;
    private static final Path README = Path.of("README.md");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

    @Test
    void readme_isShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(MOST_LINES);
    }

    @Test
    void readme_leadsToEachPage() throws IOException {
        List<String> links = links(README);
        for (Path page : Documents.all()) {
            if (page.startsWith("src/docs")) {
                assertThat(links).contains(page.toString());
            }
        }
    }

    @Test
    void links_leadToFilesAndHeadings() throws IOException {
        for (Path document : Documents.all()) {
            for (String link : links(document)) {
                if (link.contains("://")) {
                    continue;
                }
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
                assertThat(target).as("%s links to %s", document, link).exists();
                if (parts.length == 2) {
                    assertThat(anchors(target))
                            .as("%s links to %s", document, link)
                            .contains(parts[1]);
                }
            }
        }
    }

    @Test
    void benchmarks_areThere() throws Exception {
        List<String> commands = Documents.blocks("").stream()
                .flatMap(String::lines)
                .filter(line -> line.contains("mvn ") && line.contains("exec:exec"))
                .toList();
        assertThat(commands).hasSizeGreaterThan(3);
        for (String command : commands) {
            String main = property(command, "main");
            if (main == null) {
                assertThat(benchmarks()).as(command).contains(property(command, "bench"));
            } else {
                assertThat(Class.forName(main).getMethod("main", String[].class))
                        .isNotNull();
            }
        }
    }

    @Test
    void scripts_canBeStarted() throws IOException {
        List<Path> scripts = Pattern.compile("(?m)^(?:\\./)?([\\w./-]+\\.sh)\\b")
                .matcher(String.join("\n", Documents.blocks("")))
                .results()
                .map(script -> Path.of(script.group(1)))
                .distinct()
                .toList();
        assertThat(scripts).contains(Path.of("submit.sh")).allMatch(Files::isExecutable);
    }

    private static List<String> links(Path document) throws IOException {
        return LINK.matcher(Documents.prose(document))
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    /** As GitHub makes them: lower case, without punctuation, hyphens for spaces. */
    private static List<String> anchors(Path document) throws IOException {
        List<String> anchors = new ArrayList<>();
        for (MatchResult heading :
                HEADING.matcher(Documents.prose(document)).results().toList()) {
            anchors.add(heading.group(1)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\w -]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }

    private static String property(String command, String name) {
        return Pattern.compile("-D" + name + "=(\\S+)")
                .matcher(command)
                .results()
                .map(value -> value.group(1))
                .findFirst()
                .orElse(null);
    }

    private static List<String> benchmarks() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/jmh/java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
        }
    }
}
