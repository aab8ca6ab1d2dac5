package org.sparkautoencoder.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkautoencoder.Documents;

/** What the documents say of the tables. */
final class Readme {
    private Readme() {}

    /** The statements of its blocks marked {@code ```sql <engine>}, in their order. */
    static List<String> statements(String engine) throws IOException {
        List<String> statements = new ArrayList<>();
        for (String block : Documents.blocks("sql " + engine)) {
            for (String statement : block.split(";", -1)) {
                if (!statement.isBlank()) {
                    statements.add(statement.strip());
                }
            }
        }
        return statements;
    }

    /** A table's columns as {@code name type}. */
    static List<String> columns(String table) throws IOException {
        Matcher row = Pattern.compile("(?m)^\\| `(\\w+)` \\| (.*?) \\|").matcher(chapter(table));
        List<String> columns = new ArrayList<>();
        while (row.find()) {
            columns.add(row.group(1) + " " + row.group(2));
        }
        return columns;
    }

    /** What it says of a column. */
    static String description(String table, String column) throws IOException {
        Matcher row = Pattern.compile("(?m)^\\| `" + column + "` \\| .*? \\| (.*) \\|$")
                .matcher(chapter(table));
        if (!row.find()) {
            throw new IllegalArgumentException("no document describes " + table + "." + column);
        }
        return row.group(1);
    }

    private static String chapter(String table) throws IOException {
        return Documents.text().split("(?m)^## `" + table + "`$", -1)[1].split("(?m)^#", -1)[0];
    }
}
