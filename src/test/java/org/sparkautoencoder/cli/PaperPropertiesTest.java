package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The file of the study's settings explains what it sets. */
final class PaperPropertiesTest {
    @Test
    void comment_belowTheFilesOwn_standsAboveItsSetting() throws IOException {
        String text = Files.readString(Path.of("conf/paper.properties"));
        List<String> paragraphs = Arrays.stream(text.split("\\R\\R", -1)).toList();
        assertThat(paragraphs.subList(1, paragraphs.size())).isNotEmpty().allSatisfy(paragraph -> {
            List<String> lines = paragraph.strip().lines().toList();
            int settings = 0;
            for (String line : lines) {
                assertThat(line.startsWith("#") && settings > 0).as(paragraph).isFalse();
                settings += line.startsWith("#") ? 0 : 1;
            }
            assertThat(settings).as(paragraph).isPositive();
        });
    }
}
