package org.sparkautoencoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is written for the project's users, in Markdown. */
public final class Documents {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([^\\n`]*)\\n(.*?)^```$");

    private Documents() {}

    /** README.md and the pages that it leads to. */
    public static List<Path> all() throws IOException {
        List<Path> files = new ArrayList<>(List.of(Path.of("README.md"), Path.of("dataset/README.md")));
        try (Stream<Path> pages = Files.list(Path.of("src/docs"))) {
            pages.sorted().forEach(files::add);
        }
        return files;
    }

    /** All of them. */
    public static String text() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : all()) {
            text.append(Files.readString(file)).append('\n');
        }
        return text.toString();
    }

    /** The contents of the blocks that begin with {@code ```} and the given words. */
    public static List<String> blocks(String words) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text());
        while (block.find()) {
            if (block.group(1).strip().equals(words)) {
                blocks.add(block.group(2));
            }
        }
        return blocks;
    }

    /** The text of a document without its blocks. */
    public static String prose(Path file) throws IOException {
        return BLOCK.matcher(Files.readString(file)).replaceAll("");
    }
}
