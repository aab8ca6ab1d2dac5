package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar that goes to Spark. */
final class JarIT {

    @Test
    void jar_holdsNothingThatSparkShips() throws IOException {
        try (JarFile jar = new JarFile(
                Script.PROJECT.resolve("target/spark-autoencoder.jar").toFile())) {
            List<String> names = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
            Set<String> owners = Set.of("org/sparkautoencoder/", "picocli/");
            assertThat(names)
                    .contains("org/sparkautoencoder/cli/Main.class")
                    .filteredOn(name -> name.endsWith(".class"))
                    .map(name -> name.replaceFirst("^META-INF/versions/[0-9]+/", ""))
                    .allMatch(name -> owners.stream().anyMatch(name::startsWith));
            assertThat(names)
                    .filteredOn(name -> name.startsWith("META-INF/resources/webjars/"))
                    .as("the report's charts")
                    .containsExactly("META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js");
            assertThat(names)
                    .filteredOn(name -> name.startsWith("org/bytedeco/"))
                    .anyMatch(name -> name.endsWith("linux-x86_64/libopenblas.so.0"))
                    .anyMatch(name -> name.endsWith("linux-arm64/libopenblas.so.0"))
                    .allMatch(name -> name.contains(".so"));
        }
    }
}
