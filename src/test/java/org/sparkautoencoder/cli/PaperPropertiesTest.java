package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.sparkautoencoder.runs.Study;

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

    @Test
    void settings_areThoseOfTheStudy() throws IOException {
        Properties conf = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("conf/paper.properties"))) {
            conf.load(in);
        }
        assertThat(conf)
                .containsEntry("epochs", "" + Study.EPOCHS)
                .containsEntry("hidden", "" + Study.HIDDEN)
                .containsEntry("batch-size", "" + Study.BATCH_SIZE)
                .containsEntry("learning-rate", "" + Study.LEARNING_RATE)
                .containsEntry("momentum", "" + Study.MOMENTUM)
                .containsEntry("noise-zero", "" + Study.NOISE_ZERO)
                .containsEntry("noise-one", "" + Study.NOISE_ONE);
    }
}
