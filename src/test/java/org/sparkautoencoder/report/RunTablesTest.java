package org.sparkautoencoder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkautoencoder.results.RunRow;

/** What the page says of a run. */
final class RunTablesTest {
    @Test
    void command_ofATraining_hasItsSettingsButNotItsPlaces() {
        String details = details(StudyTables.row("classifier", null, 0.01, "parent"), "train");
        assertThat(details)
                .contains("./submit.sh --master &#39;local[2]&#39; train \\\n  --epochs=250 \\\n  --seed=1</pre>");
        assertThat(details(StudyTables.row("classifier", null, 0.01, "parent"), "mine"))
                .doesNotContain("submit.sh");
    }

    private static String details(RunRow row, String experiment) {
        RunRow named = StudyTables.named(row, experiment, "epochs=250\nout=there\nrun-id=one\nseed=1\n");
        return RunTables.details(
                        new Run("one", named, List.of(), List.of(), List.of(), List.of(), List.of(), List.of()))
                .toString();
    }
}
