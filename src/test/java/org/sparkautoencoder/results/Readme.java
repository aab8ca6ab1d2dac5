package org.sparkautoencoder.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the README says of the tables. */
final class Readme {
    private Readme() {}

    /** The statements of its blocks marked {@code ```sql <engine>}, in their order. */
    static List<String> statements(String engine) throws IOException {
        Matcher block =
                Pattern.compile("(?ms)^```sql " + engine + "\\R(.*?)^```").matcher(text());
        List<String> statements = new ArrayList<>();
        while (block.find()) {
            for (String statement : block.group(1).split(";", -1)) {
                if (!statement.isBlank()) {
                    statements.add(statement.strip());
                }
            }
        }
        return statements;
    }

    /** A table's columns as {@code name type}. */
    static List<String> columns(String table) throws IOException {
        String chapter = text().split("(?m)^#### `" + table + "`", -1)[1].split("(?m)^#", -1)[0];
        Matcher row = Pattern.compile("(?m)^\\| `(\\w+)` \\| (.*?) \\|").matcher(chapter);
        List<String> columns = new ArrayList<>();
        while (row.find()) {
            columns.add(row.group(1) + " " + row.group(2));
        }
        return columns;
    }

    /** What it says of a column. */
    static String description(String table, String column) throws IOException {
        String chapter = text().split("(?m)^#### `" + table + "`", -1)[1].split("(?m)^#", -1)[0];
        Matcher row = Pattern.compile("(?m)^\\| `" + column + "` \\| .*? \\| (.*) \\|$")
                .matcher(chapter);
        if (!row.find()) {
            throw new IllegalArgumentException("the README does not describe " + table + "." + column);
        }
        return row.group(1);
    }

    private static String text() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
