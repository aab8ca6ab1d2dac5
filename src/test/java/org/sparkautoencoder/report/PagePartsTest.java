package org.sparkautoencoder.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.results.FeatureRow;
import org.sparkautoencoder.results.RowLabel;
import org.sparkautoencoder.results.SampleRow;

/** What the page is made of. */
final class PagePartsTest {
    @TempDir
    private Path folder;

    @Test
    void html_valueIsTextUnlessItIsMarkup() {
        assertThat(Html.of("<p title=\"{}\">{}{}</p>", "\"'", "<b>{}&", Html.of("<i>{}</i>", 1)))
                .hasToString("<p title=\"&quot;&#39;\">&lt;b&gt;{}&amp;<i>1</i></p>");
        assertThatThrownBy(() -> Html.of("{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Html.of("", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void json_cannotEndItsElement() {
        Chart chart = Chart.lines("a", "</script><!--", "\u2028&", false, List.of());
        assertThat(Chart.json(List.of(chart)))
                .contains("\\u003c/script\\u003e\\u003c!--", "\\u2028\\u0026")
                .doesNotContain("<", "\u2028");
    }

    @Test
    void png_isReadByTheJdk() throws IOException {
        String uri = Png.dataUri(new float[] {-1, 0, 1, 3, 0.5f, -7}, 3, -1, 1);
        byte[] bytes = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(bytes));
        assertThat(picture.getRaster().getPixels(0, 0, 3, 2, (int[]) null)).containsExactly(0, 128, 255, 255, 191, 0);
    }

    @Test
    void pictures_ofARunWhoseWeightsAreNoNumbers_areLeftOut() {
        Run diverged = new Run(
                "one",
                StudyTables.row("denoising", null, 0.05, null),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new SampleRow("denoising", "test", "decoded", 0, RowLabel.NONE, 2, 2, null, null)),
                List.of(new FeatureRow("denoising", 0, 2, 2, null, null)));
        assertThat(StudyFigures.of(diverged, 0)).isEmpty();
    }

    @Test
    void report_folderWithoutRuns_saysSo() throws IOException {
        org.apache.hadoop.fs.Path none = new org.apache.hadoop.fs.Path(folder.toUri());
        assertThatThrownBy(() -> Report.of(none, new Configuration(), List.of(), List.of()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("there is no run in it to report on");
        assertThatThrownBy(() -> Report.of(none, new Configuration(), List.of("r1"), List.of()))
                .hasMessageContaining("no table has a run 'r1'");
    }

    @Test
    void choice_newestCompleteReproduction_comesFirst() throws IOException {
        org.apache.hadoop.fs.Path results =
                new org.apache.hadoop.fs.Path(folder.resolve("results").toUri());
        StudyTables tables = new StudyTables(results);
        tables.reproduction("r1");
        tables.begun("later");
        Path out = folder.resolve("report.html");
        Files.writeString(out, Report.of(results, new Configuration(), List.of(), List.of()));
        assertThat(out).content().contains("Reproduction r1, the newest that is complete; 1 other runs");
    }
}
