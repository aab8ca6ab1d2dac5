package org.sparkautoencoder;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.sparkautoencoder.kernel.BalancedAccuracy;
import org.sparkautoencoder.kernel.Threshold;

/** What each package may import: the packages above it, and libraries of its own. */
@AnalyzeClasses(packages = "org.sparkautoencoder", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "org.sparkautoencoder.";
    private static final String[] JDK = {"java.."};
    private static final String[] SPARK = {"org.apache.spark..", "scala..", "org.slf4j.."};
    private static final String[] HADOOP = {"org.apache.hadoop.."};

    // Each package may import those before it.
    private static final List<String> ORDER = List.of(
            "kernel",
            "csv",
            "datasets",
            "shards",
            "exchange",
            "model",
            "training",
            "sweep",
            "results",
            "report",
            "runs",
            "cli");

    @ArchTest
    static void packages_importOnlyThoseAboveThem(JavaClasses classes) {
        for (int i = 0; i < ORDER.size(); i++) {
            String[] below = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(name -> ROOT + name + "..")
                    .toArray(String[]::new);
            if (below.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + ORDER.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(below)
                        .check(classes);
            }
        }
    }

    @ArchTest
    static void everyClass_isInAPackageOfTheTable(JavaClasses classes) {
        classes()
                .should()
                .resideInAnyPackage(
                        ORDER.stream().map(name -> ROOT + name + "..").toArray(String[]::new))
                .check(classes);
    }

    @ArchTest
    static final ArchRule kernel_usesNetlibOnly =
            only("kernel", JDK, new String[] {"dev.ludovic.netlib..", ROOT + "kernel.."});

    @ArchTest
    static final ArchRule csv_usesRddsAndFileSystems = only(
            "csv", JDK, SPARK, HADOOP, new String[] {ROOT + "kernel..", ROOT + "csv..", "org.apache.commons.codec.."});

    @ArchTest
    static final ArchRule csv_usesDataFramesForTheirFilesOnly = noClasses()
            .that()
            .resideInAPackage(ROOT + "csv..")
            .and()
            .haveNameNotMatching(".*\\.TableLines(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark.sql..", "org.apache.spark.ml..", "org.apache.spark.mllib..");

    @ArchTest
    static final ArchRule datasets_useFileSystemsOnly = only("datasets", JDK, HADOOP, new String[] {
        ROOT + "kernel..", ROOT + "csv..", ROOT + "datasets..", "org.apache.commons.codec..", "org.slf4j.."
    });

    @ArchTest
    static final ArchRule shards_useSparkOnly = only("shards", JDK, SPARK, new String[] {
        ROOT + "kernel..", ROOT + "csv..", ROOT + "datasets..", ROOT + "shards.."
    });

    @ArchTest
    static final ArchRule exchange_usesKernelAndSparksNetwork = only(
            "exchange", JDK, SPARK, new String[] {"javax.crypto..", "io.netty..", ROOT + "kernel..", ROOT + "exchange.."
            });

    @ArchTest
    static final ArchRule sweep_usesTheJdkOnly = only("sweep", JDK, new String[] {ROOT + "sweep.."});

    @ArchTest
    static final ArchRule results_useParquetAndHadoopOnly = only("results", JDK, HADOOP, new String[] {
        "org.apache.parquet..",
        "com.fasterxml.jackson..",
        "org.slf4j..",
        "org.xerial.snappy..",
        "io.airlift.compress..",
        ROOT + "csv..",
        ROOT + "results.."
    });

    @ArchTest
    static final ArchRule report_usesTheTablesAndDefinitionsOnly = noClasses()
            .that()
            .resideInAPackage(ROOT + "report..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.sparkautoencoder..")
                    .and(DescribedPredicate.not(
                            JavaClass.Predicates.resideInAnyPackage(ROOT + "report..", ROOT + "results..")))
                    .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(Threshold.class)))
                    .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(BalancedAccuracy.class))));

    @ArchTest
    static final ArchRule runs_doNotImportTheReport = none("runs", ROOT + "report..");

    @ArchTest
    static final ArchRule netlib_isOwnedByKernel = owned("dev.ludovic.netlib..", "kernel");

    @ArchTest
    static final ArchRule parquet_isOwnedByResults = owned("org.apache.parquet..", "results");

    @ArchTest
    static final ArchRule sparkNetwork_isOwnedByExchange = owned("org.apache.spark.network..", "exchange");

    @ArchTest
    static final ArchRule picocli_isOwnedByCli = owned("picocli..", "cli");

    @ArchTest
    static final ArchRule onlyCli_prints = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.io.PrintStream.class);

    @ArchTest
    static void packages_areNeitherTooLargeNorTheirFilesTooLong(JavaClasses classes) throws IOException {
        Path source = Path.of("src", "main", "java", "org", "sparkautoencoder");
        for (String name : ORDER) {
            try (Stream<Path> files = Files.list(source.resolve(name))) {
                List<Path> all = files.toList();
                assertThat(all).as(name).hasSizeLessThanOrEqualTo(35);
                for (Path file : all) {
                    assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(300);
                }
            }
        }
    }

    private static ArchRule only(String name, String[]... packages) {
        String[] all = Stream.of(packages).flatMap(Stream::of).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(all)
                        .or(DescribedPredicate.describe(
                                "primitives and arrays",
                                type -> type.getPackageName().isEmpty() || type.isArray())));
    }

    private static ArchRule none(String name, String... packages) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    private static ArchRule owned(String library, String owner) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + owner + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }
}
